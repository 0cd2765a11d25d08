import { defineErrors } from '../../errors/index.ts';

/** What the real Apache Spark can refuse or fail at. */
export const sparkErrors = defineErrors({
  SPARK_QUERY_FAILED: {
    message: 'The query on Apache Spark failed: {reason}',
    hint: "A setting that Spark refuses is given by --set spark.NAME=VALUE. Spark's log is {log}, and warned last of:\n{warnings}",
    exit: 'crash',
  },
  SPARK_HEAP_TOO_SMALL: {
    message: 'A heap of {heapMb} MiB is too small for the Spark driver: {reason}.',
    hint: 'Give more by --heap; 1024 is the default.',
    exit: 'usage',
  },
  SPARK_DRIVER_SILENT: {
    message: 'The Spark driver hung: it said nothing for {seconds} s, and was killed.',
    hint: 'See whether the machine has memory and time for it: less of other work, or a smaller --heap.',
    exit: 'crash',
  },
  SPARK_SETTINGS_CONTRADICT: {
    message: 'Settings of the spark engine contradict each other: {problem}.',
    hint: 'Change one of the two by --set spark.NAME=VALUE.',
    exit: 'usage',
  },
  SPARK_NO_EXECUTOR: {
    message: 'The Spark cluster at {master} gave {reason}.',
    hint: "A worker must have a free core and {heapMb} MiB, and must reach the driver on this machine at {driverHost} (--set spark.driverHost=ADDRESS). Spark's log is {log}, and warned last of:\n{warnings}",
    exit: 'usage',
  },
  SPARK_MASTER_INVALID: {
    message: '"{master}" names no Spark master: {reason}.',
    hint: 'Give spark://HOST:PORT, several hosts with commas: spark://HOST:PORT,HOST:PORT.',
    exit: 'usage',
  },
  SPARK_MASTER_UNREACHABLE: {
    message: 'No Spark master answers at {master}: {reason}.',
    hint: 'Its log and its web page say which address it listens on: a master whose port is taken chooses the next.',
    exit: 'usage',
  },
  SPARK_KILL_COMMAND_FAILED: {
    message: 'The command that is to end an executor failed ({reason}): {command}',
    hint: 'Run it by hand until it ends an executor of this application, then try again.',
    exit: 'usage',
  },
  SPARK_DRIVER_USAGE: {
    message: 'The Spark driver refused its command line: {reason}.',
    hint: 'Change the setting that is named; `crosscurrent run --help` tells how settings are given.',
    exit: 'usage',
  },
  SPARK_WORKLOAD_UNKNOWN: {
    message: 'There is no Spark job for the dataflow "{dataflow}".',
    hint: 'Spark runs the workloads {known}: a dataflow of your own needs a job of its own in engines/spark/jobs.',
    exit: 'usage',
  },
  SPARK_KAFKA_NEEDED: {
    message: 'The real Spark needs a real Kafka without TLS and SASL, and this run has {found}.',
    hint: 'Choose --broker embedded or --broker HOST:PORT without a client properties file.',
    exit: 'usage',
  },
  SPARK_VECTORS_FAILED: {
    message: "Spark's queries printed no vectors: {reason}",
    hint: 'What the Java program of engines/spark/vectors said is in {log}.',
    exit: 'crash',
  },
  SPARK_VECTORS_INTERRUPTED: {
    message: 'The vectors in {folder} are not complete: their printing was interrupted.',
    hint: 'The same seed prints the same vectors.',
    exit: 'interrupted',
  },
});
