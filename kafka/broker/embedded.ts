import { readFile } from 'node:fs/promises';
import { type ProgressListener, requireJava } from '../../java/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { BrokerConnection } from '../port/index.ts';
import { classArchiveOptions } from './class-archive.ts';
import { EMBEDDED_KAFKA, resolveKafkaJars } from './classpath.ts';
import { type LaunchOutcome, launchBroker } from './launch.ts';
import type { SaslListener } from './server-config.ts';

const DEFAULT_HEAP_MB = 512;
const TRIES = 3;

export interface EmbeddedBrokerOptions {
  /** Heap of the broker's JVM, MB; fixed, -Xms equal to -Xmx. Default 512. */
  readonly heapMb?: number;
  /** A second listener with SASL, for tests of secured clients. */
  readonly sasl?: SaslListener;
  readonly onProgress?: ProgressListener;
}

/** A running Apache Kafka of one KRaft node, on loopback, with data that are gone after `stop`. */
export interface EmbeddedBroker {
  readonly connection: BrokerConnection;
  /** One line for reports, e.g. "Apache Kafka 4.3.1, embedded, KRaft, one node, 512 MB heap, Java 17.0.15". */
  readonly description: string;
  readonly kafkaVersion: string;
  readonly heapMb: number;
  /** Of the JVM. */
  readonly processId: number;
  /** host:port of the listener with SASL, if one was asked for. */
  readonly saslAddress: string | undefined;
  readonly logFile: string;
  /** Ends the JVM and removes its data. Further calls do nothing. */
  stop(): Promise<void>;
}

/**
 * Starts Apache Kafka from Maven's jars on free ports of 127.0.0.1 and waits until it answers metadata. The JVM ends with this
 * process, however that ends. The first call on a machine takes longer: it resolves the jars and prepares fast starts.
 *
 * Fails with JAVA_MISSING, JAVA_TOO_OLD, MAVEN_MISSING, MAVEN_FAILED or KAFKA_BROKER_START_FAILED.
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions = {}): Promise<EmbeddedBroker> {
  const { heapMb = DEFAULT_HEAP_MB, sasl, onProgress = () => {} } = options;
  const java = await requireJava(EMBEDDED_KAFKA);
  const jars = await resolveKafkaJars(onProgress);
  const archive = await classArchiveOptions(java, jars, onProgress);
  for (let attempt = 1; ; attempt += 1) {
    onProgress(`Starting Apache Kafka ${jars.version}`);
    const outcome = await launchBroker({
      java: java.program,
      jars,
      heapMb,
      archiveOptions: { format: archive, broker: archive },
      ...(sasl === undefined ? {} : { sasl }),
    });
    if (outcome.kind === 'ready') {
      const description = `Apache Kafka ${jars.version}, embedded, KRaft, one node, ${heapMb} MB heap, Java ${java.version}`;
      return running(outcome, description, jars.version, heapMb);
    }
    const log = await readFile(outcome.logFile, 'utf8').catch(() => '');
    if (attempt === TRIES || !log.includes('Address already in use')) {
      const reason = failureIn(log) ?? outcome.reason;
      throw kafkaErrors.error('KAFKA_BROKER_START_FAILED', { reason, logFile: outcome.logFile, heapMb });
    }
  }
}

function running(
  outcome: LaunchOutcome & { kind: 'ready' },
  description: string,
  kafkaVersion: string,
  heapMb: number,
): EmbeddedBroker {
  const { process, processId, port, saslPort, logFile } = outcome;
  process.holdEventLoop(false);
  return {
    connection: { kind: 'kafka', brokers: [`127.0.0.1:${port}`] },
    description,
    kafkaVersion,
    heapMb,
    processId,
    saslAddress: saslPort === undefined ? undefined : `127.0.0.1:${saslPort}`,
    logFile,
    stop: async () => {
      process.holdEventLoop(true);
      // Its data are thrown away, so there is nothing that an orderly shutdown would save.
      process.order({ signal: 'SIGKILL', keepLogs: false });
      await process.ended;
    },
  };
}

/** What the log says of the failure: its first error, or how it ends when it was too early for a log. */
function failureIn(log: string): string | undefined {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const error = lines.find((line) => / (ERROR|FATAL) /.test(line)) ?? lines.slice(-3).join('; ');
  return error === '' ? undefined : error.slice(0, 300);
}
