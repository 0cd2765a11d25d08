import { expect, test } from 'vitest';
import type { Deployment, EngineSettings } from '../../pipeline/index.ts';
import { sparkProfiles, sparkSettings } from '../settings/index.ts';
import { type DriverCluster, driverArguments } from './command-line.ts';

const deployment: Deployment = {
  dataflow: { module: 'file:///none.ts', export: 'none', options: null },
  topics: { input: 'in', output: 'out', 'dead-letter': 'dead' },
  kafka: { kind: 'kafka', brokers: ['k1:9092', 'k2:9092'] },
  guarantee: 'at-least-once',
  settings: {},
  group: 'run-1',
  stateFolder: '/run/state',
  heapMb: 1024,
  brokenInput: true,
};

function commandLine(
  workload: string,
  given: EngineSettings,
  more: { readonly cluster?: DriverCluster; readonly deployment?: Partial<Deployment> } = {},
): string {
  const whole = driverArguments({
    deployment: { ...deployment, ...more.deployment },
    settings: sparkSettings.parse(given),
    workload,
    brokers: ['k1:9092', 'k2:9092'],
    classpath: 'a.jar:jobs.jar',
    archiveOptions: ['-XX:SharedArchiveFile=/jars/classes.jsa'],
    cluster: more.cluster ?? null,
    logFile: '/run/state.log',
  });
  // The options that open Java's modules are Spark's list.
  return whole
    .filter((argument) => !argument.startsWith('--add-opens'))
    .join(' ')
    .replaceAll(/ (?=--?[a-zX])/g, '\n');
}

test('by default, with broken records in the log', () => {
  expect(commandLine('regional-revenue', sparkProfiles.default)).toMatchInlineSnapshot(`
    "-Xms1024m
    -Xmx1024m
    -XX:+UseG1GC
    -XX:SharedArchiveFile=/jars/classes.jsa
    -XX:+IgnoreUnrecognizedVMOptions
    --add-modules=jdk.incubator.vector -Dio.netty.tryReflectionSetAccessible=true
    -XX:+ExitOnOutOfMemoryError
    -XX:-UsePerfData -Djava.io.tmpdir=/run/state/tmp -Dcrosscurrent.log=/run/state.log
    -cp a.jar:jobs.jar crosscurrent.spark.Main
    --workload regional-revenue
    --master local[2]
    --brokers k1:9092,k2:9092
    --checkpoint-folder /run/state/checkpoint
    --input-topic in
    --output-topic out
    --dead-letter-topic dead
    --trigger 500
    --state-store memory
    --conf spark.sql.shuffle.partitions=2
    --conf spark.local.dir=/run/state/local
    --conf spark.sql.warehouse.dir=/run/state/warehouse
    --source kafka.fetch.max.wait.ms=500
    --source kafka.max.partition.fetch.bytes=1048576
    --source kafka.max.poll.records=500
    --sink kafka.acks=-1
    --sink kafka.linger.ms=5
    --sink kafka.max.in.flight.requests.per.connection=5"
  `);
});

test('tuned, on a state store of its own, without broken records', () => {
  const given = { ...sparkProfiles['tuned-latency'], stateStore: 'rocksdb', acks: 1, maxRecordsPerBatch: 9 };
  const text = commandLine('login-tracker', given, { deployment: { brokenInput: false } });
  const [, own = ''] = text.split('crosscurrent.spark.Main');
  expect(own).toMatchInlineSnapshot(`
    "
    --workload login-tracker
    --operator flatMapGroupsWithState
    --master local[2]
    --brokers k1:9092,k2:9092
    --checkpoint-folder /run/state/checkpoint
    --input-topic in
    --output-topic out
    --trigger 0
    --state-store rocksdb
    --conf spark.sql.shuffle.partitions=2
    --conf spark.local.dir=/run/state/local
    --conf spark.sql.warehouse.dir=/run/state/warehouse
    --source maxOffsetsPerTrigger=9
    --source kafka.fetch.max.wait.ms=500
    --source kafka.max.partition.fetch.bytes=1048576
    --source kafka.max.poll.records=20000
    --sink kafka.acks=1
    --sink kafka.enable.idempotence=false
    --sink kafka.linger.ms=5
    --sink kafka.max.in.flight.requests.per.connection=5"
  `);
});

test('on an existing cluster the executors are given the jars, and a checkpoint folder that they share', () => {
  const given = { driverHost: '10.0.0.5', checkpointRoot: 'hdfs://name-node/checkpoints' };
  const cluster = { master: 'spark://m:7077', jars: ['/jars/connector.jar', '/jars/jobs.jar'] };
  const lines = commandLine('merchant-spend', given, { cluster }).split('\n');
  expect(
    lines.filter((line) => /^--(master|checkpoint-folder)|spark\.(jars|driver|cores|executor)/.test(line)),
  ).toMatchInlineSnapshot(`
    [
      "--master spark://m:7077",
      "--checkpoint-folder hdfs://name-node/checkpoints/run-1",
      "--conf spark.jars=/jars/connector.jar,/jars/jobs.jar",
      "--conf spark.driver.host=10.0.0.5",
      "--conf spark.cores.max=2",
      "--conf spark.executor.memory=1024m",
    ]
  `);
});
