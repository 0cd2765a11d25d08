import { defineErrors } from '../errors/index.ts';

/** Errors of workloads and their recorded logs. */
export const workloadErrors = defineErrors({
  WORKLOAD_UNKNOWN: {
    message: 'There is no workload "{workload}".',
    hint: 'Workloads: {known}. A path to a module with your own starts with ./ or / (docs/own-workload.md).',
    exit: 'usage',
  },
  WORKLOAD_MODULE_UNREADABLE: {
    message: 'The workload {reference} cannot be loaded: {problem}',
    hint: 'Give the path of a TypeScript or JavaScript module, or of a folder with an index.ts; paths start at the current directory.',
    exit: 'usage',
  },
  WORKLOAD_MODULE_INVALID: {
    message: 'The module {reference} exports no workload: {member}: {problem}.',
    hint: 'Export `workload: OwnWorkload`, as workloads/examples/page-views/index.ts does (docs/own-workload.md).',
    exit: 'usage',
  },
  WORKLOAD_KEY_IN_TWO_PARTITIONS: {
    message:
      'The key "{key}" stands in partitions {first} and {second}, so the order of its records is open.',
    hint: 'Aggregate by a field whose records are all in one partition: the field that the topic is keyed by.',
    exit: 'usage',
  },
  WORKLOAD_RECORDING_PARTITIONS: {
    message: 'The recording {path} has {partitions} partitions, not {given}.',
    hint: 'Leave --partitions out: a recording keeps those of its topic.',
    exit: 'usage',
  },
  WORKLOAD_SPECIFICATION_INVALID: {
    message: 'A log cannot be made with {knob} {value}: {problem}.',
    hint: 'Give {knob} another value; `npx crosscurrent log generate --help` lists the knobs and their defaults.',
    exit: 'usage',
  },
  WORKLOAD_SHARE_IMPOSSIBLE: {
    message: 'The {knob} {value} is impossible: it must lie between 0 and {highest}.',
    hint: 'A share is a fraction of the records: 0.01 is one in a hundred.',
    exit: 'usage',
  },
  WORKLOAD_KNOB_UNUSED: {
    message: 'Event time plays no part in {workload}, so its {knob} must be 0, not {value}.',
    hint: 'Leave the knob out, or use the workload regional-revenue.',
    exit: 'usage',
  },
  WORKLOAD_PARTITION_WITHOUT_KEYS: {
    message:
      'None of the {keys} keys falls into partition {partition} of {partitions}; its watermark would never start.',
    hint: 'Use more keys or fewer partitions.',
    exit: 'usage',
  },
  WORKLOAD_LOG_UNREADABLE: {
    message: 'This is no recorded log: {problem}.',
    hint: 'Make one with `npx crosscurrent log generate --workload NAME --out FILE`.',
    exit: 'usage',
  },
  WORKLOAD_LOG_NOT_WRITTEN: {
    message: 'The log could not be written to {path}: {problem}.',
    hint: 'Give another file; nothing was left half-written.',
    exit: 'usage',
  },
  WORKLOAD_LOG_TRUNCATED: {
    message: 'The recorded log ends after {found} of its {expected} records.',
    hint: 'The file was cut short: generate it again, the same seed gives the same bytes.',
    exit: 'usage',
  },
  WORKLOAD_LOG_HASH_MISMATCH: {
    message: 'The records of this log have SHA-256 {found}, its header says {expected}.',
    hint: 'The file was changed after it was made: generate it again, the same seed gives the same bytes.',
    exit: 'usage',
  },
});
