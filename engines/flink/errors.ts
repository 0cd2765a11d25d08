import { defineErrors } from '../../errors/index.ts';

/** What the real Apache Flink can refuse or fail at. */
export const flinkErrors = defineErrors({
  FLINK_PROCESS_ENDED: {
    message: "Flink's {part} ended: {reason}. {cause}",
    hint: 'Its log is {log}.',
    exit: 'crash',
  },
  FLINK_TASK_MANAGER_MISSING: {
    message: 'No TaskManager offered {slots} slots within {seconds} s. {cause}',
    hint: "Flink's log is {log}: memory that is not there and a busy machine are the usual causes.",
    exit: 'crash',
  },
  FLINK_TASK_MANAGER_SILENT: {
    message: 'The TaskManager hung: the JobManager gave it up, and its process was still there.',
    hint: "Flink's log is {log}; how long a silence is borne says heartbeatTimeoutMs.",
    exit: 'crash',
  },
  FLINK_SLOTS_TAKEN: {
    message: 'The Flink at {url} has {free} free slots after {seconds} s, and the job needs {slots}.',
    hint: 'Cancel what runs there, add a TaskManager, or choose fewer by --set flink.parallelism=N.',
    exit: 'usage',
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
  FLINK_SETTINGS_CONTRADICT: {
    message: 'Settings of the flink engine contradict each other: {problem}.',
    hint: 'Change one of the two by --set flink.NAME=VALUE.',
    exit: 'usage',
  },
  FLINK_HEAP_TOO_SMALL: {
    message:
      'A heap of {heapMb} MiB is too small for a TaskManager: the framework alone takes {framework} MiB of it.',
    hint: 'Give {least} or more by --heap; 1024 is the default.',
    exit: 'usage',
  },
  FLINK_UNREACHABLE: {
    message: "Flink's REST interface at {url} does not answer: {reason}.",
    hint: 'Check that the JobManager runs, and the address if it was given by --flink-rest.',
    exit: 'usage',
  },
  FLINK_NOT_FLINK: {
    message: 'What answers at {url} is not the REST interface of a Flink: {reason}.',
    hint: 'Give --flink-rest the address of the JobManager, which its web page has too: http://HOST:8081.',
    exit: 'usage',
  },
  FLINK_VERSION_OTHER: {
    message: 'The Flink at {url} is version {version}, and the jobs are compiled against {needed}.',
    hint: 'Use a cluster of that version (docs/clusters.md), or let the harness start its own by leaving out --flink-rest.',
    exit: 'usage',
  },
  FLINK_SUBMIT_DISABLED: {
    message: 'The Flink at {url} takes no jar over REST.',
    hint: 'Set web.submit.enable: true in its configuration and start its JobManager anew.',
    exit: 'usage',
  },
  FLINK_KILL_COMMAND_MISSING: {
    message: 'How to kill a TaskManager of the Flink at {url} is not known here.',
    hint: 'Give the command by --kill-command (docs/clusters.md), or leave recovery out by --kills 0.',
    exit: 'usage',
  },
  FLINK_KILL_COMMAND_FAILED: {
    message: 'The command that kills a TaskManager failed ({command}): {reason}',
    hint: 'It finds the ids of the TaskManagers in FLINK_TASK_MANAGERS and has to end with 0 within 30 s.',
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
  FLINK_VECTORS_FAILED: {
    message: "Flink's operators printed no vectors: {reason}",
    hint: 'What the Java program of engines/flink/vectors said is in {log}.',
    exit: 'crash',
  },
  FLINK_VECTORS_INTERRUPTED: {
    message: 'The vectors in {folder} are not complete: their printing was interrupted.',
    hint: 'The same seed prints the same vectors.',
    exit: 'interrupted',
  },
});
