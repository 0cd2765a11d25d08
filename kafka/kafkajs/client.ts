import type {
  BrokerConnection,
  KafkaAdmin,
  KafkaClient,
  PartitionReader,
  Producer,
  ProducerOptions,
  ReaderOptions,
  TransactionalProducer,
  TransactionalProducerOptions,
} from '../port/index.ts';
import { KafkajsAdmin } from './admin.ts';
import { ClusterConnection } from './cluster.ts';
import { BatchingProducer } from './producer.ts';
import { KafkajsReader } from './reader.ts';
import { KafkajsTransactionalProducer } from './transactional-producer.ts';

/**
 * The port over kafkajs: its cluster, connections, TLS, SASL and coordinators; the record path is ours. Each reader and
 * producer has connections of its own. Fails within 5 s with KAFKA_UNREACHABLE, or with KAFKA_AUTHENTICATION_FAILED,
 * KAFKA_BROKER_TOO_OLD or KAFKAJS_VERSION_UNEXPECTED.
 */
export async function createKafkajsClient(connection: BrokerConnection): Promise<KafkaClient> {
  return new KafkajsClient(connection, await ClusterConnection.open(connection));
}

class KafkajsClient implements KafkaClient {
  readonly admin: KafkaAdmin;
  readonly #connection: BrokerConnection;
  readonly #adminCluster: ClusterConnection;
  readonly #parts: { close(): Promise<void> }[] = [];

  constructor(connection: BrokerConnection, adminCluster: ClusterConnection) {
    this.#connection = connection;
    this.#adminCluster = adminCluster;
    this.admin = new KafkajsAdmin(adminCluster);
  }

  async createReader(options: ReaderOptions): Promise<PartitionReader> {
    const cluster = await ClusterConnection.open(this.#connection);
    return this.#keep(new KafkajsReader(cluster, options));
  }

  async createProducer(options: ProducerOptions): Promise<Producer> {
    const cluster = await ClusterConnection.open(this.#connection);
    return this.#keep(new BatchingProducer(cluster, options));
  }

  async createTransactionalProducer(options: TransactionalProducerOptions): Promise<TransactionalProducer> {
    const cluster = await ClusterConnection.open(this.#connection);
    try {
      return this.#keep(await KafkajsTransactionalProducer.start(cluster, options));
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.close()));
    await this.#adminCluster.close();
  }

  #keep<Part extends { close(): Promise<void> }>(part: Part): Part {
    this.#parts.push(part);
    return part;
  }
}
