import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { readClientConfig } from '../config/index.ts';
import { kafkaErrors } from '../errors.ts';
import type { BrokerConnection } from '../port/index.ts';
import { isConnectionFailure, isTransient, kafkaFailure, protocolType } from './failure.ts';
import {
  type Broker,
  type Cluster,
  type Connection,
  isReady,
  kafkajs,
  keepInFlightShort,
  SILENT_LOGGER,
} from './internals.ts';

const CONNECT_WITHIN_MS = 5_000;
const CONNECTION_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 30_000;
const FIRST_BACK_OFF_MS = 4;
const MAX_BACK_OFF_MS = 100;
const RETRY_FOR_MS = 15_000;
const NEEDED_VERSIONS = [
  { api: 'Produce', key: 0, version: 7 },
  { api: 'Fetch', key: 1, version: 11 },
  { api: 'OffsetFetch', key: 9, version: 7 },
];

/** Produce and everything else go over the first connection to a broker, fetches over the second. */
export type Lane = 'requests' | 'fetches';

/** kafkajs's cluster with connections of its own: one for each reader, producer and admin, so that none waits for another. */
export class ClusterConnection {
  readonly address: string;
  readonly #cluster: Cluster;
  #closed = false;
  #metadataTurn: Promise<void> = Promise.resolve();

  private constructor(cluster: Cluster, address: string) {
    this.#cluster = cluster;
    this.address = address;
  }

  /** Connects to one of the brokers within 5 s, or fails with KAFKA_UNREACHABLE, KAFKA_AUTHENTICATION_FAILED or KAFKA_BROKER_TOO_OLD. */
  static async open(connection: BrokerConnection): Promise<ClusterConnection> {
    const address = connection.brokers.join(',');
    const { ssl, sasl } =
      connection.clientConfigFile === undefined ? {} : await readClientConfig(connection.clientConfigFile);
    const { Cluster } = kafkajs();
    const cluster = new Cluster({
      logger: SILENT_LOGGER,
      brokers: connection.brokers,
      clientId: 'crosscurrent',
      ssl: ssl ?? null,
      sasl: sasl ?? null,
      socketFactory: openSocket,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      enforceRequestTimeout: true,
      metadataMaxAge: 300_000,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: FIRST_BACK_OFF_MS, factor: 0, multiplier: 1.5, retries: 2 },
    });
    const opened = new ClusterConnection(cluster, address);
    try {
      await opened.#connect();
      opened.#checkVersions();
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  }

  /**
   * Leader of each partition of the topic, by partition number, fresh from the cluster. Fails with KAFKA_TOPIC_MISSING, unless
   * `alsoOn` says to wait for the topic.
   */
  async leaders(topic: string, alsoOn: readonly string[] = []): Promise<number[]> {
    return this.retry({ operation: `finding the leaders of ${topic}`, topic, alsoOn }, async () => {
      const found = await this.#inTurn(async () => {
        await this.#cluster.brokerPool.refreshMetadata([topic]);
        return this.#cluster.brokerPool.metadata?.topicMetadata.find((each) => each.topic === topic);
      });
      const leaders: number[] = [];
      for (const { partitionId, leader } of found?.partitionMetadata ?? []) leaders[partitionId] = leader;
      return leaders;
    });
  }

  /** kafkajs keeps one metadata answer at a time: who asks reads it before the next one asks. */
  #inTurn<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#metadataTurn.then(ask);
    this.#metadataTurn = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  }

  /** The broker, connected. */
  broker(nodeId: number): Promise<Broker> {
    return this.#cluster.findBroker({ nodeId });
  }

  async controller(): Promise<Broker> {
    return this.#inTurn(async () => {
      await this.#cluster.brokerPool.refreshMetadata([]);
      return this.#cluster.findControllerBroker();
    });
  }

  /** Coordinator of a consumer group or of a transactional id. */
  coordinator(kind: 'group' | 'transaction', id: string): Promise<Broker> {
    return this.#cluster.findGroupCoordinator({ groupId: id, coordinatorType: kind === 'group' ? 0 : 1 });
  }

  /** A connected, authenticated connection to the broker. */
  async lane(nodeId: number, lane: Lane): Promise<Connection> {
    const broker = await this.broker(nodeId);
    const connection = await broker.connectionPool.getConnection(lane === 'fetches' ? 1 : 0);
    if (!isReady(connection)) await connection.authenticate();
    // A connection that was under way when this was closed has come up behind its back.
    if (this.#closed) {
      await connection.disconnect();
      throw connectionClosed();
    }
    keepInFlightShort(connection.requestQueue);
    return connection;
  }

  /**
   * Repeats the attempt while the cluster is moving a leader or coordinator or the connection is broken, and for the protocol
   * errors named, backing off from 4 to 100 ms, for at most 15 s. Other failures come out as KAFKA_* errors at once.
   */
  async retry<Result>(
    about: {
      readonly operation: string;
      readonly topic?: string;
      readonly transactionalId?: string;
      readonly alsoOn?: readonly string[];
    },
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    const until = Date.now() + RETRY_FOR_MS;
    for (let backOffMs = FIRST_BACK_OFF_MS; ; backOffMs = Math.min(backOffMs * 1.5, MAX_BACK_OFF_MS)) {
      try {
        return await attempt();
      } catch (error) {
        const again = isTransient(error) || about.alsoOn?.includes(protocolType(error) ?? '');
        if (!again || this.#closed || Date.now() > until) throw this.failure(error, about);
        await sleep(backOffMs);
      }
    }
  }

  /** The KAFKA_* error for what kafkajs threw. */
  failure(error: unknown, about: { operation: string; topic?: string; transactionalId?: string }): Error {
    return kafkaFailure(error, { ...about, address: this.address });
  }

  /** Gives up what is unanswered and closes the connections. */
  async close(): Promise<void> {
    this.#closed = true;
    const { brokers, seedBroker } = this.#cluster.brokerPool;
    const all = new Set([...Object.values(brokers), ...(seedBroker ? [seedBroker] : [])]);
    const gone = connectionClosed();
    for (const broker of all) {
      for (const connection of broker.connectionPool.pool) connection.requestQueue.rejectAll(gone);
    }
    await this.#cluster.disconnect();
  }

  async #connect(): Promise<void> {
    const until = Date.now() + CONNECT_WITHIN_MS;
    for (;;) {
      const attempt = this.#cluster.connect();
      try {
        await withinMs(attempt, until - Date.now());
        return;
      } catch (error) {
        attempt.catch(() => {});
        if (!isConnectionFailure(error) || Date.now() + MAX_BACK_OFF_MS > until) {
          throw this.failure(error, { operation: 'connecting' });
        }
        await sleep(MAX_BACK_OFF_MS);
      }
    }
  }

  #checkVersions(): void {
    const versions = this.#cluster.brokerPool.versions ?? {};
    for (const { api, key, version } of NEEDED_VERSIONS) {
      const offered = versions[key];
      if (offered === undefined || offered.minVersion > version || offered.maxVersion < version) {
        throw kafkaErrors.error('KAFKA_BROKER_TOO_OLD', { api, version });
      }
    }
  }
}

function connectionClosed(): Error {
  return kafkaErrors.error('KAFKA_CLIENT_CLOSED', { part: 'connection' });
}

async function withinMs<Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> {
  const ended = new AbortController();
  const late = sleep(Math.max(milliseconds, 0), undefined, { signal: ended.signal }).then(() => {
    throw Object.assign(new Error(`no answer within ${CONNECT_WITHIN_MS} ms`), {
      name: 'KafkaJSConnectionError',
    });
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    ended.abort();
    late.catch(() => {});
  }
}

/** As kafkajs's own, but without Nagle's delay: with several requests in flight it would hold back each small one. */
function openSocket(options: {
  host: string;
  port: number;
  ssl: tls.ConnectionOptions | true | null;
  onConnect: () => void;
}): net.Socket {
  const { host, port, ssl, onConnect } = options;
  const socket = ssl
    ? tls.connect(
        { host, port, ...(net.isIP(host) ? {} : { servername: host }), ...(ssl === true ? {} : ssl) },
        onConnect,
      )
    : net.connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  // kafkajs disconnects a dead socket again at each attempt, and each time Node waits for a `connect` to unref it.
  socket.setMaxListeners(0);
  socket.setKeepAlive(true, 60_000);
  return socket;
}
