import { defineErrors } from '../../errors/index.ts';

/** What the real Apache Flink can refuse or fail at. */
export const flinkErrors = defineErrors({
  FLINK_PROCESS_ENDED: {
    message: "Flink's {part} ended: {reason}. {cause}",
    hint: 'Its log is {log}.',
    exit: 'crash',
  },
  FLINK_TASK_MANAGER_MISSING: {
    message: 'No TaskManager offered {slots} slots within {seconds} s.',
    hint: "Flink's log is {log}: memory that is not there and a busy machine are the usual causes.",
    exit: 'crash',
  },
  FLINK_JOB_REFUSED: {
    message: 'Flink refused the job: {reason}',
    hint: 'A setting it does not take is given by --set flink.NAME=VALUE; its log is {log}.',
    exit: 'usage',
  },
  FLINK_JOB_FAILED: {
    message: 'The job on Flink failed: {reason}',
    hint: "Flink's log is {log}.",
    exit: 'crash',
  },
  FLINK_UNREACHABLE: {
    message: "Flink's REST interface at {url} does not answer: {reason}.",
    hint: 'Check the address given by --flink-rest, and that the JobManager runs.',
    exit: 'usage',
  },
  FLINK_WORKLOAD_UNKNOWN: {
    message: 'There is no Flink job for the dataflow "{dataflow}".',
    hint: 'Flink runs the workloads {known}: a dataflow of your own needs a job of its own in engines/flink/jobs.',
    exit: 'usage',
  },
  FLINK_KAFKA_NEEDED: {
    message: 'The real Flink needs a real Kafka without TLS and SASL, and this run has {found}.',
    hint: 'Choose --broker embedded or --broker HOST:PORT without a client properties file.',
    exit: 'usage',
  },
});
