import { join } from 'node:path';
import type { Deployment } from '../../pipeline/index.ts';
import type { SparkSettings } from '../settings/index.ts';

/** As Spark's own JavaModuleOptions (launcher) has them for Java 17. */
const OPENED = [
  ...['lang', 'lang.invoke', 'lang.reflect', 'io', 'net', 'nio', 'util', 'util.concurrent'],
  'util.concurrent.atomic',
];
export const MODULE_OPTIONS = [
  '-XX:+IgnoreUnrecognizedVMOptions',
  '--add-modules=jdk.incubator.vector',
  ...OPENED.map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`),
  ...['jdk.internal.ref', 'sun.nio.ch', 'sun.nio.cs', 'sun.security.action', 'sun.util.calendar'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  ),
  '--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED',
  '-Dio.netty.tryReflectionSetAccessible=true',
];

/** A Spark that is there already, of which the driver is an application. */
export interface DriverCluster {
  /** `spark://…` */
  readonly master: string;
  /** What its executors need beside Spark. */
  readonly jars: readonly string[];
}

export interface DriverPlan {
  readonly deployment: Deployment;
  readonly settings: SparkSettings;
  /** Of the dataflow: the job of this name is run. */
  readonly workload: string;
  readonly brokers: readonly string[];
  readonly classpath: string;
  /** Of the class archive; empty without one. */
  readonly archiveOptions: readonly string[];
  /** Null: all tasks in the driver's own process. */
  readonly cluster: DriverCluster | null;
  readonly logFile: string;
}

/** Arguments of `java` for the driver. */
export function driverArguments(plan: DriverPlan): string[] {
  const { deployment, settings, workload, brokers, classpath, cluster, logFile } = plan;
  const { topics, stateFolder, heapMb } = deployment;
  const checkpointFolder =
    settings.checkpointRoot === ''
      ? join(stateFolder, 'checkpoint')
      : `${settings.checkpointRoot}/${deployment.group}`;
  const conf = {
    'spark.sql.shuffle.partitions': settings.statePartitions,
    'spark.local.dir': join(stateFolder, 'local'),
    'spark.sql.warehouse.dir': join(stateFolder, 'warehouse'),
    ...(cluster === null ? {} : clusterConf(cluster, settings, heapMb)),
  };
  const source = {
    ...(settings.maxRecordsPerBatch === 0 ? {} : { maxOffsetsPerTrigger: settings.maxRecordsPerBatch }),
    'kafka.fetch.max.wait.ms': settings.fetchMaxWaitMs,
    'kafka.max.partition.fetch.bytes': settings.fetchMaxBytes,
    'kafka.max.poll.records': settings.maxPollRecords,
  };
  const sink = {
    'kafka.acks': settings.acks,
    // A producer that does not ask for all acknowledgements cannot be idempotent.
    ...(settings.acks === -1 ? {} : { 'kafka.enable.idempotence': false }),
    'kafka.linger.ms': settings.lingerMs,
    'kafka.max.in.flight.requests.per.connection': settings.maxInFlight,
  };
  return [
    ...[`-Xms${heapMb}m`, `-Xmx${heapMb}m`, '-XX:+UseG1GC', ...plan.archiveOptions, ...MODULE_OPTIONS],
    // A full heap ends the driver, where its threads would otherwise wait for each other.
    ...[
      '-XX:+ExitOnOutOfMemoryError',
      '-XX:-UsePerfData',
      `-Djava.io.tmpdir=${temporaryFolder(stateFolder)}`,
    ],
    ...[`-Dcrosscurrent.log=${logFile}`, '-cp', classpath, 'crosscurrent.spark.Main'],
    ...['--workload', workload],
    ...(workload === 'login-tracker' ? ['--operator', settings.statefulOperator] : []),
    ...['--master', cluster?.master ?? `local[${settings.cores}]`],
    ...['--brokers', brokers.join(','), '--checkpoint-folder', checkpointFolder],
    ...['--input-topic', topicOf(topics, 'input'), '--output-topic', topicOf(topics, 'output')],
    ...(deployment.brokenInput ? ['--dead-letter-topic', topicOf(topics, 'dead-letter')] : []),
    ...['--trigger', String(settings.triggerIntervalMs), '--state-store', settings.stateStore],
    ...pairs('--conf', conf),
    ...pairs('--source', source),
    ...pairs('--sink', sink),
  ];
}

/** Native libraries are unpacked here, which a SIGKILL leaves behind. It has to be there when the driver starts. */
export function temporaryFolder(stateFolder: string): string {
  return join(stateFolder, 'tmp');
}

function clusterConf({ jars }: DriverCluster, { driverHost, cores }: SparkSettings, heapMb: number) {
  return {
    'spark.jars': jars.join(','),
    'spark.driver.host': driverHost,
    'spark.cores.max': cores,
    'spark.executor.memory': `${heapMb}m`,
  };
}

function pairs(option: string, values: Readonly<Record<string, string | number | boolean>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

function topicOf(topics: Deployment['topics'], name: string): string {
  const topic = topics[name];
  if (topic === undefined) throw new Error(`no topic for the dataflow's "${name}"`);
  return topic;
}
