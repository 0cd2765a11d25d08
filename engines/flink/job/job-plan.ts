import type { Deployment } from '../../pipeline/index.ts';
import { jobConfiguration } from '../cluster/index.ts';
import { flinkErrors } from '../errors.ts';
import type { JobSubmission } from '../rest/index.ts';
import type { FlinkSettings } from '../settings/index.ts';

const ENTRY_CLASSES: Readonly<Record<string, string>> = {
  'merchant-spend': 'crosscurrent.flink.merchant.MerchantSpend',
  'login-tracker': 'crosscurrent.flink.login.LoginTracker',
  'regional-revenue': 'crosscurrent.flink.region.RegionalRevenue',
};

/** The class whose `main` builds the job of a dataflow. @throws FLINK_WORKLOAD_UNKNOWN */
export function entryClassOf(dataflow: string): string {
  const entryClass = ENTRY_CLASSES[dataflow];
  if (entryClass !== undefined) return entryClass;
  const known = Object.keys(ENTRY_CLASSES).join(', ');
  throw flinkErrors.error('FLINK_WORKLOAD_UNKNOWN', { dataflow, known });
}

/** What one run asks of Flink. */
export interface JobPlan {
  readonly deployment: Deployment;
  readonly settings: FlinkSettings;
  readonly entryClass: string;
  readonly brokers: readonly string[];
}

/** The submission of a plan; its arguments are those of engines/flink/jobs, class Topics. */
export function submissionOf(plan: JobPlan, jarId: string): JobSubmission {
  const { deployment, settings, entryClass, brokers } = plan;
  const { group, guarantee, topics } = deployment;
  const consumer = {
    'fetch.max.wait.ms': settings.fetchMaxWaitMs,
    'max.partition.fetch.bytes': settings.fetchMaxBytes,
  };
  const producer = {
    acks: guarantee === 'exactly-once' ? -1 : settings.acks,
    // A producer that does not ask for all acknowledgements cannot be idempotent.
    ...(guarantee === 'exactly-once' || settings.acks === -1 ? {} : { 'enable.idempotence': false }),
    'linger.ms': settings.lingerMs,
    'max.in.flight.requests.per.connection': settings.maxInFlight,
    'transaction.timeout.ms': settings.transactionTimeoutMs,
  };
  return {
    jarId,
    entryClass,
    parallelism: settings.parallelism,
    configuration: jobConfiguration(settings),
    arguments: [
      ...['--brokers', brokers.join(','), '--group', group, '--guarantee', guarantee],
      ...options('topic', topics),
      ...options('consumer', consumer),
      ...options('producer', producer),
    ],
  };
}

function options(prefix: string, values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${prefix}.${name}`, String(value)]);
}
