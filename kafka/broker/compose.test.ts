import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeIsUsable, openCompose, readComposeFile } from './compose.ts';
import { COMPOSE_SCHEMA } from './compose-schema.ts';
import { serverProperties } from './server-config.ts';

const text = await readFile(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const file = parse(text);
const isValid = new Ajv({ allErrors: true }).compile(COMPOSE_SCHEMA);

const servicesOf = (profile: string | undefined): string[] =>
  Object.keys(file.services).filter((name) => file.services[name].profiles?.[0] === profile);

async function versionIn(pom: string, property: string): Promise<string> {
  const text = await readFile(new URL(pom, import.meta.url), 'utf8');
  return text.split(`<${property}>`)[1]?.split('<')[0] as string;
}

describe('docker-compose.yml', () => {
  test('follows the schema', () => {
    expect(isValid(file), JSON.stringify(isValid.errors)).toBe(true);
  });

  test.each([
    ['an unknown entry', { services: { kafka: { ...file.services.kafka, portz: [] } } }],
    ['a port on every interface', { services: { kafka: { ...file.services.kafka, ports: ['9092:9092'] } } }],
    ['no health check', { services: { kafka: { ...file.services.kafka, healthcheck: undefined } } }],
    ['a moving tag', { services: { kafka: { ...file.services.kafka, image: 'apache/kafka:latest' } } }],
    [
      'a port beside the network of the machine',
      { services: { kafka: { ...file.services.kafka, network_mode: 'host' } } },
    ],
    ['a bare number', { services: { kafka: { ...file.services.kafka, environment: { KAFKA_NODE_ID: 1 } } } }],
  ])('the schema refuses %s', (_, broken) => {
    expect(isValid(JSON.parse(JSON.stringify({ ...file, ...broken })))).toBe(false);
  });

  test('has Kafka of the version that is embedded, and Redis', async () => {
    const version = await versionIn('./pom.xml', 'kafka.version');
    expect(servicesOf(undefined)).toEqual(['kafka', 'redis']);
    expect(file.services.kafka.image).toBe(`apache/kafka:${version}`);
    expect(readComposeFile(text)).toEqual({ kafkaVersion: version, heapMb: 512, address: '127.0.0.1:9092' });
  });

  test('has the Flink and the Spark for which the jobs are built, each in a profile of its own', async () => {
    const flink = await versionIn('../../engines/flink/jobs/pom.xml', 'flink.version');
    const spark = await versionIn('../../engines/spark/jobs/pom.xml', 'spark.version');
    const scala = await versionIn('../../engines/spark/jobs/pom.xml', 'scala.binary.version');
    expect(servicesOf('flink')).toEqual(['flink-jobmanager', 'flink-taskmanager']);
    expect(servicesOf('spark')).toEqual(['spark-master', 'spark-worker']);
    for (const name of servicesOf('flink')) expect(file.services[name].image).toBe(`flink:${flink}-java17`);
    for (const name of servicesOf('spark'))
      expect(file.services[name].image).toBe(`spark:${spark}-scala${scala}-java17-ubuntu`);
  });

  test('holds what runs on the network of the machine to loopback', () => {
    for (const name of servicesOf('flink')) {
      const properties = parse(file.services[name].environment.FLINK_PROPERTIES);
      for (const address of ['rest.bind-address', 'jobmanager.bind-host', 'taskmanager.bind-host'])
        expect(properties[address], `${name}: ${address}`).toBe('127.0.0.1');
    }
    for (const name of servicesOf('spark')) {
      const { command, environment } = file.services[name];
      expect(command[command.indexOf('--host') + 1], name).toBe('127.0.0.1');
      // Spark's web pages listen there, and on every interface without it.
      expect(environment.SPARK_LOCAL_IP, name).toBe('127.0.0.1');
    }
  });

  test('configures Kafka as the embedded broker is, but for its addresses', () => {
    const embedded = serverProperties({ folder: '/f', brokerPort: 9092, controllerPort: 9093 })
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])
      .filter(([name]) => !['log.dirs', 'listeners', 'controller.quorum.voters'].includes(name))
      .map(([name, value]) => [`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`, value]);
    expect(file.services.kafka.environment).toMatchObject(Object.fromEntries(embedded));
  });
});

describe('openCompose', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosscurrent-docker-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** A docker client that writes down how it is called and then runs the lines of shell. */
  async function docker(lines: string): Promise<{ program: string; calls: () => Promise<string[]> }> {
    const program = join(folder, 'docker');
    const log = join(folder, 'calls');
    await writeFile(program, `#!/bin/sh\necho "$@" >> ${log}\n${lines}\n`);
    await chmod(program, 0o755);
    return {
      program,
      calls: async () =>
        (await readFile(log, 'utf8'))
          .trim()
          .split('\n')
          .map((call) => call.replace(/-f \S+ /, '')),
    };
  }

  test('brings Kafka up, and down again at the end', async () => {
    const { program, calls } = await docker('exit 0');
    const broker = await openCompose({ program });
    expect(broker).toMatchObject({
      kind: 'compose',
      comparable: true,
      connection: { brokers: ['127.0.0.1:9092'] },
    });
    await broker.stop();
    expect((await calls()).slice(-3)).toEqual([
      'compose ps -q --status running kafka',
      'compose up -d --wait kafka',
      'compose rm --stop --force --volumes kafka',
    ]);
  });

  test('leaves a Kafka alone that was up before', async () => {
    const { program, calls } = await docker('case "$*" in *" ps "*) echo 4711;; esac');
    const broker = await openCompose({ program });
    await broker.stop();
    expect((await calls()).at(-1)).toBe('compose ps -q --status running kafka');
  });

  test('a service that does not get healthy is taken down and reported', async () => {
    const { program, calls } = await docker(
      'case "$*" in *" up "*) echo "pulling" >&2; echo "container kafka is unhealthy" >&2; exit 1;; esac',
    );
    await expect(openCompose({ program })).rejects.toMatchObject({
      code: 'KAFKA_COMPOSE_FAILED',
      message: expect.stringContaining('container kafka is unhealthy'),
    });
    expect((await calls()).at(-1)).toBe('compose rm --stop --force --volumes kafka');
  });

  test.each([
    ['no client', async () => join(folder, 'nothing'), 'on the PATH'],
    ['no engine', async () => (await docker('exit 1')).program, 'no Docker engine answers'],
    ['no plug-in', async () => (await docker('[ "$1" = info ]')).program, 'no compose plug-in'],
  ])('%s: KAFKA_DOCKER_MISSING', async (_, makeProgram, reason) => {
    const program = await makeProgram();
    expect(await composeIsUsable(program)).toBe(false);
    await expect(openCompose({ program })).rejects.toMatchObject({
      code: 'KAFKA_DOCKER_MISSING',
      message: expect.stringContaining(reason),
    });
  });
});
