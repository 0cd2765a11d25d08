import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { kafkaErrors } from '../errors.ts';
import { ShortList } from './short-list.ts';

/**
 * The door to the parts of kafkajs that we keep: cluster, broker, connection, request queue. They are not its public
 * interface, so the version is checked, and only what is named here is used.
 */
const EXPECTED_VERSION = '2.2.4';

const require = createRequire(import.meta.url);

export interface Logger {
  info(message: string): void;
  error(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
  namespace(name: string): Logger;
}

export interface RequestQueue {
  readonly pending: readonly unknown[];
  push(request: {
    entry: {
      apiKey: number;
      apiName: string;
      apiVersion: number;
      correlationId: number;
      resolve(answer: { payload: Buffer | null }): void;
      reject(error: Error): void;
    };
    expectResponse: boolean;
    requestTimeout: number | null;
    sendRequest(): void;
  }): void;
  /** Requests that were sent and not answered, by correlation id. */
  inflight: Map<number, unknown> | ShortList<number, unknown>;
  maybeThrottle(milliseconds: number): void;
  rejectAll(error: Error): void;
  scheduleCheckPendingRequests(): void;
}

export interface Connection {
  readonly clientId: string;
  /** Null without SASL; `isAuthenticated` is always false then. */
  readonly sasl: object | null;
  readonly socket: Socket;
  readonly requestQueue: RequestQueue;
  isConnected(): boolean;
  isAuthenticated(): boolean;
  authenticate(): Promise<void>;
  disconnect(): Promise<void>;
  nextCorrelationId(): number;
}

/** Requests may be sent on it at once. */
export function isReady(connection: Connection): boolean {
  return connection.isConnected() && (connection.sasl === null || connection.isAuthenticated());
}

export interface TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly number[];
}

interface Transaction {
  readonly transactionalId: string;
  readonly producerId: string;
  readonly producerEpoch: number;
}

export interface Broker {
  readonly connectionPool: {
    readonly pool: readonly Connection[];
    getConnection(index: number): Promise<Connection>;
  };
  metadata(topics: readonly string[]): Promise<Metadata>;
  createTopics(options: {
    topics: readonly {
      topic: string;
      numPartitions: number;
      replicationFactor: number;
      configEntries: readonly { name: string; value: string }[];
    }[];
    timeout: number;
  }): Promise<void>;
  deleteTopics(options: { topics: readonly string[]; timeout: number }): Promise<void>;
  listOffsets(options: {
    isolationLevel: number;
    topics: readonly { topic: string; partitions: readonly { partition: number; timestamp: number }[] }[];
  }): Promise<{ responses: { topic: string; partitions: { partition: number; offset: string }[] }[] }>;
  initProducerId(options: {
    transactionalId: string;
    transactionTimeout: number;
  }): Promise<{ producerId: string; producerEpoch: number }>;
  addPartitionsToTxn(options: Transaction & { topics: readonly TopicPartitions[] }): Promise<void>;
  addOffsetsToTxn(options: Transaction & { groupId: string }): Promise<void>;
  txnOffsetCommit(
    options: Transaction & {
      groupId: string;
      topics: readonly {
        topic: string;
        partitions: readonly { partition: number; offset: number; metadata: string }[];
      }[];
    },
  ): Promise<void>;
  endTxn(options: Transaction & { transactionResult: boolean }): Promise<void>;
}

interface Metadata {
  readonly topicMetadata: readonly {
    readonly topic: string;
    readonly partitionMetadata: readonly { readonly partitionId: number; readonly leader: number }[];
  }[];
}

export interface Cluster {
  readonly brokerPool: {
    readonly brokers: Readonly<Record<string, Broker>>;
    readonly seedBroker: Broker | undefined;
    readonly metadata: Metadata | null;
    readonly versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>> | null;
    refreshMetadata(topics: readonly string[]): Promise<void>;
  };
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findBroker(options: { nodeId: number }): Promise<Broker>;
  findControllerBroker(): Promise<Broker>;
  findGroupCoordinator(options: { groupId: string; coordinatorType: number }): Promise<Broker>;
}

interface ClusterOptions {
  readonly logger: Logger;
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl: unknown;
  readonly sasl: unknown;
  readonly socketFactory: unknown;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly enforceRequestTimeout: boolean;
  readonly metadataMaxAge: number;
  readonly allowAutoTopicCreation: boolean;
  readonly retry: { initialRetryTime: number; factor: number; multiplier: number; retries: number };
}

interface KafkajsModules {
  readonly Cluster: new (options: ClusterOptions) => Cluster;
  readonly RequestQueue: { readonly prototype: RequestQueue };
  /** Name of an error code of the protocol, such as NOT_LEADER_FOR_PARTITION. */
  readonly createErrorFromCode: (code: number) => Error & { readonly type: string };
}

let loaded: KafkajsModules | undefined;

/** kafkajs's modules, loaded once, with the idle guard in place. Fails with KAFKAJS_VERSION_UNEXPECTED. */
export function kafkajs(): KafkajsModules {
  if (loaded === undefined) {
    assertVersion(require('kafkajs/package.json').version);
    loaded = {
      Cluster: require('kafkajs/src/cluster'),
      RequestQueue: require('kafkajs/src/network/requestQueue'),
      createErrorFromCode: require('kafkajs/src/protocol/error').createErrorFromCode,
    };
    guardIdleQueue(loaded.RequestQueue.prototype);
  }
  return loaded;
}

/** Fails with KAFKAJS_VERSION_UNEXPECTED unless it is the one version whose internals we know. */
export function assertVersion(found: string): void {
  if (found !== EXPECTED_VERSION) {
    throw kafkaErrors.error('KAFKAJS_VERSION_UNEXPECTED', { found, expected: EXPECTED_VERSION });
  }
}

/**
 * An idle queue re-arms a timer with a negative delay, which Node makes 1 ms, for ever: some 800 wake-ups a second and
 * connection, and a TimeoutNegativeWarning (kafkajs issue 1751). With nothing pending there is nothing to look after: a later
 * push arms the timer itself.
 */
function guardIdleQueue(prototype: RequestQueue): void {
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function guarded(this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/** Replaces the map of requests under way: see ShortList. */
export function keepInFlightShort(queue: RequestQueue): void {
  if (!(queue.inflight instanceof Map)) return;
  const short = new ShortList<number, unknown>();
  for (const [correlationId, request] of queue.inflight) short.set(correlationId, request);
  queue.inflight = short;
}

const ignore = () => {};

/** kafkajs writes to the console by default; what matters of its messages arrives as errors. */
export const SILENT_LOGGER: Logger = {
  info: ignore,
  error: ignore,
  warn: ignore,
  debug: ignore,
  namespace: () => SILENT_LOGGER,
};
