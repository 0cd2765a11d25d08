import type { Workload } from '../workload.ts';
import { generateLogins } from './generator.ts';
import { loginOracle } from './oracle.ts';

/** A function per key with state: alerts on runs of failures. */
export const loginTrackerWorkload: Workload = {
  name: 'login-tracker',
  title: 'Five failed logins in a row',
  defaults: {
    workload: 'login-tracker',
    partitions: 4,
    keys: 1_000,
    skew: 0,
    disorderShare: 0,
    lateShare: 0,
    brokenShare: 0,
  },
  eventTimeStepMs: null,
  generate: generateLogins,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'loginTracker' },
  dataflowOptions: () => ({ late: 'none' }),
  oracle: loginOracle,
  resultIdentity: ['user', 'ordinal'],
};
