import type { Workload } from '../workload.ts';
import { generatePayments } from './generator.ts';
import { spendOracle } from './oracle.ts';

/** Running totals per key: the smallest job with state. */
export const merchantSpendWorkload: Workload = {
  name: 'merchant-spend',
  title: 'Running spend per merchant',
  defaults: {
    workload: 'merchant-spend',
    partitions: 4,
    keys: 1_000,
    skew: 1,
    disorderShare: 0,
    lateShare: 0,
    brokenShare: 0,
  },
  eventTimeStepMs: null,
  generate: generatePayments,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'merchantSpend' },
  dataflowOptions: () => ({ late: 'none' }),
  oracle: spendOracle,
  resultIdentity: ['merchant'],
};
