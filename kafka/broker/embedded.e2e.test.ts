import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../../java/index.ts';
import { resolveKafkaClasspath } from './classpath.ts';
import { type EmbeddedBroker, startEmbeddedBroker } from './embedded.ts';
import { openBroker } from './open-broker.ts';

/** Death and cleaning up are waited for, not timed. */
const PATIENCE = { timeout: 60_000, interval: 100 };

const started: EmbeddedBroker[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((broker) => broker.stop()));
});

async function start(): Promise<EmbeddedBroker> {
  const broker = await startEmbeddedBroker();
  started.push(broker);
  return broker;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('startEmbeddedBroker', () => {
  test('two brokers run beside each other, each answers, and stop leaves nothing', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.connection.brokers).not.toEqual(second.connection.brokers);
    expect(first.description).toContain(`Apache Kafka ${first.kafkaVersion}`);
    for (const broker of [first, second]) {
      const external = await openBroker({ choice: broker.connection.brokers.join(',') });
      expect(external).toMatchObject({ kind: 'external', connection: broker.connection });
      expect(isAlive(broker.processId)).toBe(true);
      await broker.stop();
      expect(isAlive(broker.processId)).toBe(false);
      expect(existsSync(dirname(broker.logFile))).toBe(false);
      await broker.stop();
    }
  });

  test("Kafka's own tools are on the class path", async () => {
    const broker = await start();
    const classpath = await resolveKafkaClasspath();
    const tool = [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      classpath,
      'org.apache.kafka.tools.TopicCommand',
      '--bootstrap-server',
    ];
    const address = broker.connection.brokers[0] as string;
    const topic = ['--create', '--topic', 'made-by-kafka', '--partitions', '3'];
    expect(await runCommand('java', [...tool, address, ...topic], { timeoutMs: 60_000 })).toMatchObject({
      code: 0,
    });
    const described = await runCommand('java', [...tool, address, '--describe'], { timeoutMs: 60_000 });
    expect(described).toMatchObject({ stdout: expect.stringContaining('PartitionCount: 3') });
  });

  test('the JVM and its data end with the process that started it, also by SIGKILL', async () => {
    const script = `import { startEmbeddedBroker } from '${new URL('./index.ts', import.meta.url).href}';
      const { processId, logFile } = await startEmbeddedBroker();
      process.stdout.write(JSON.stringify({ processId, logFile }));
      setInterval(() => {}, 1_000_000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(owner.stdout, 'data')) as [Buffer];
    const { processId, logFile } = JSON.parse(output.toString()) as EmbeddedBroker;
    expect(isAlive(processId)).toBe(true);
    owner.kill('SIGKILL');
    await expect.poll(() => isAlive(processId), PATIENCE).toBe(false);
    await expect.poll(() => existsSync(dirname(logFile)), PATIENCE).toBe(false);
  });

  test('a failure to start keeps the log and names it', async () => {
    const failure = await startEmbeddedBroker({ heapMb: -1 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'KAFKA_BROKER_START_FAILED',
      message: expect.stringContaining('Invalid initial heap size'),
    });
    const { logFile } = (failure as { details: { logFile: string } }).details;
    expect(await readFile(logFile, 'utf8')).toContain('Invalid initial heap size');
    expect(existsSync(`${dirname(logFile)}/data`)).toBe(false);
    await rm(dirname(logFile), { recursive: true });
  });
});
