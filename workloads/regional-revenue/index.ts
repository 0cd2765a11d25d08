import type { Workload } from '../workload.ts';
import { STEP_MS } from './event-time.ts';
import { generateSales } from './generator.ts';
import { revenueOracle } from './oracle.ts';
import { isSentinel } from './records.ts';

/** Event-time windows with disorder and late records. */
export const regionalRevenueWorkload: Workload = {
  name: 'regional-revenue',
  title: 'Revenue per region in five-minute windows',
  defaults: {
    workload: 'regional-revenue',
    partitions: 4,
    keys: 100,
    skew: 0.5,
    disorderShare: 0.05,
    lateShare: 0.01,
    brokenShare: 0,
  },
  eventTimeStepMs: STEP_MS,
  generate: generateSales,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'regionalRevenue' },
  dataflowOptions: (capabilities) => ({
    late: capabilities.has('late-side-output') ? 'side-output' : 'count',
  }),
  oracle: revenueOracle,
  resultIdentity: ['region', 'windowStartMs'],
  dependsOnStop: ({ region }) => typeof region === 'string' && isSentinel(region),
};
