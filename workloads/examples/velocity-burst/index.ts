import { type OwnWorkload, watermarkedResultsOracle } from '../../authoring.ts';
import { burstsOf } from './bursts.ts';
import { DELAY_MS, PAYMENT } from './dataflow.ts';
import { generatePayments, STEP_MS } from './generator.ts';

export const workload: OwnWorkload = {
  title: 'Payments out of four accounts by one device within a minute',
  eventTimeStepMs: STEP_MS,
  generate: generatePayments,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'velocityBurst' },
  dataflowOptions: () => ({ late: 'count' }),
  oracle: (log) =>
    watermarkedResultsOracle(log, {
      input: PAYMENT,
      timeField: 'tsMs',
      delayMs: DELAY_MS,
      resultsOf: burstsOf,
    }),
  resultIdentity: ['device', 'lastTsMs'],
};
