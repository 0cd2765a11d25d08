import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePorts, type GuardedProcess, startGuarded } from '../../java/index.ts';
import type { KafkaJars } from './classpath.ts';
import { brokerJvmOptions, TOOL_JVM_OPTIONS } from './jvm-options.ts';
import { probeBroker } from './probe.ts';
import { loggingConfig, type SaslListener, serverProperties } from './server-config.ts';

const READY_LIMIT_MS = 60_000;
const PROBE_PAUSE_MS = 50;

export interface LaunchOptions {
  readonly java: string;
  readonly jars: KafkaJars;
  readonly heapMb: number;
  /** For both JVMs: the archive of loaded classes to use or to write. */
  readonly archiveOptions: { readonly format: readonly string[]; readonly broker: readonly string[] };
  readonly sasl?: SaslListener;
}

/** One try to start a broker: it answers, or why it does not. The log stays in `logFile` in the second case. */
export type LaunchOutcome =
  | {
      readonly kind: 'ready';
      readonly process: GuardedProcess;
      readonly processId: number;
      readonly port: number;
      readonly saslPort: number | undefined;
      readonly folder: string;
      readonly logFile: string;
    }
  | { readonly kind: 'failed'; readonly reason: string; readonly folder: string; readonly logFile: string };

/** Formats a new data folder and starts the broker on free ports of 127.0.0.1. */
export async function launchBroker(options: LaunchOptions): Promise<LaunchOutcome> {
  const { java, jars, heapMb, archiveOptions, sasl } = options;
  const folder = await mkdtemp(join(tmpdir(), 'crosscurrent-kafka-'));
  const [port = 0, controllerPort = 0, saslPort = 0] = await freePorts(3);
  const logFile = join(folder, 'broker.log');
  const properties = join(folder, 'server.properties');
  const logging = join(folder, 'log4j2.xml');
  const config = { folder, brokerPort: port, controllerPort };
  await writeFile(
    properties,
    serverProperties(sasl === undefined ? config : { ...config, sasl: { port: saslPort, listener: sasl } }),
    { mode: 0o600 },
  );
  await writeFile(logging, loggingConfig(logFile));
  const common = [`-Dlog4j2.configurationFile=${pathToFileURL(logging).href}`, '-cp', jars.classpath];
  const format = [
    'kafka.tools.StorageTool',
    'format',
    '-t',
    newClusterId(),
    '-c',
    properties,
    ...scramUser(sasl),
  ];
  const process = startGuarded({
    program: java,
    commands: [
      [...TOOL_JVM_OPTIONS, ...archiveOptions.format, ...common, ...format],
      [...brokerJvmOptions(heapMb), ...archiveOptions.broker, ...common, 'kafka.Kafka', properties],
    ],
    outputFile: logFile,
    folder,
    dataFolder: join(folder, 'data'),
  });
  const outcome = await Promise.race([
    process.ended.then((reason) => ({ reason: reason ?? 'it was stopped' })),
    process.started.then((processId) => answers(process, port).then((reason) => ({ processId, reason }))),
  ]);
  if (outcome.reason !== undefined) {
    process.order({ signal: 'SIGKILL', keepLogs: true });
    await process.ended;
    return { kind: 'failed', reason: outcome.reason, folder, logFile };
  }
  const { processId } = outcome as { processId: number };
  return {
    kind: 'ready',
    process,
    processId,
    port,
    saslPort: sasl === undefined ? undefined : saslPort,
    folder,
    logFile,
  };
}

/** As Kafka's Uuid.randomUuid: not with a dash in front, which the tool would take for an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

function scramUser(sasl: SaslListener | undefined): string[] {
  if (sasl === undefined || sasl.mechanism === 'PLAIN') return [];
  return ['--add-scram', `${sasl.mechanism}=[name=${sasl.username},password=${sasl.password}]`];
}

/** Undefined once the broker answers with metadata; else why it did not within the limit. */
async function answers(process: GuardedProcess, port: number): Promise<string | undefined> {
  let ended = false;
  void process.ended.then(() => {
    ended = true;
  });
  const deadline = performance.now() + READY_LIMIT_MS;
  let last = '';
  while (performance.now() < deadline && !ended) {
    try {
      await probeBroker('127.0.0.1', port, { timeoutMs: 2_000, metadata: true });
      return undefined;
    } catch (failure) {
      last = (failure as Error).message;
    }
    await sleep(PROBE_PAUSE_MS);
  }
  return `it did not answer within ${READY_LIMIT_MS / 1000} s (${last})`;
}
