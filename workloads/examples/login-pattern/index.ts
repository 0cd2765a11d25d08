import { type OwnWorkload, watermarkedResultsOracle } from '../../authoring.ts';
import { alertsOf } from './alerts.ts';
import { DELAY_MS, LOGIN } from './dataflow.ts';
import { generateLogins, STEP_MS } from './generator.ts';

export const workload: OwnWorkload = {
  title: 'Five failed logins in a row within 30 s, as a pattern',
  eventTimeStepMs: STEP_MS,
  generate: generateLogins,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'loginPattern' },
  dataflowOptions: () => ({ late: 'count' }),
  oracle: (log) =>
    watermarkedResultsOracle(log, {
      input: LOGIN,
      timeField: 'tsMs',
      delayMs: DELAY_MS,
      resultsOf: alertsOf,
    }),
  resultIdentity: ['user', 'lastTsMs'],
};
