import type { CommittedOffset, Isolation, KafkaAdmin, TopicSpecification } from '../port/index.ts';
import type { ClusterConnection } from './cluster.ts';
import { errorOfCode } from './failure.ts';
import { fetchCommittedOffsets } from './offset-fetch.ts';

const TOPIC_TIMEOUT_MS = 15_000;
const BROKER_DEFAULT_REPLICATION = -1;
const EARLIEST = -2;
const LATEST = -1;
const LEADER_NOT_AVAILABLE = 5;
const UNKNOWN = ['UNKNOWN_TOPIC_OR_PARTITION'];

export class KafkajsAdmin implements KafkaAdmin {
  readonly #cluster: ClusterConnection;

  constructor(cluster: ClusterConnection) {
    this.#cluster = cluster;
  }

  async createTopics(topics: readonly TopicSpecification[]): Promise<void> {
    if (topics.length === 0) return;
    const names = topics.map(({ topic }) => topic).join(', ');
    await this.#cluster.retry({ operation: 'creating topics', topic: names }, async () => {
      const controller = await this.#cluster.controller();
      await controller.createTopics({
        topics: topics.map(({ topic, partitions, config }) => ({
          topic,
          numPartitions: partitions,
          replicationFactor: BROKER_DEFAULT_REPLICATION,
          configEntries: Object.entries(config ?? {}).map(([name, value]) => ({ name, value })),
        })),
        timeout: TOPIC_TIMEOUT_MS,
      });
    });
    await Promise.all(topics.map((topic) => this.#untilLed(topic)));
  }

  async deleteTopics(topics: readonly string[]): Promise<void> {
    if (topics.length === 0) return;
    await this.#cluster.retry({ operation: 'deleting topics', topic: topics.join(', ') }, async () => {
      const controller = await this.#cluster.controller();
      await controller.deleteTopics({ topics, timeout: TOPIC_TIMEOUT_MS });
    });
  }

  async partitionCount(topic: string): Promise<number> {
    return (await this.#cluster.leaders(topic)).length;
  }

  startOffsets(topic: string): Promise<number[]> {
    return this.#listOffsets(topic, EARLIEST, 'read-uncommitted');
  }

  endOffsets(topic: string, isolation: Isolation): Promise<number[]> {
    return this.#listOffsets(topic, LATEST, isolation);
  }

  async committedOffsets(group: string, topic: string): Promise<(CommittedOffset | undefined)[]> {
    const partitions = await this.partitionCount(topic);
    const operation = `reading the committed offsets of ${group}`;
    return this.#cluster.retry({ operation, topic, alsoOn: ['UNSTABLE_OFFSET_COMMIT'] }, async () => {
      const coordinator = await this.#cluster.coordinator('group', group);
      const connection = await coordinator.connectionPool.getConnection(0);
      return fetchCommittedOffsets(connection, group, topic, partitions);
    });
  }

  /**
   * A broker knows a topic some time after the controller created it, and leads its partitions some time after the metadata
   * say so: only an answer of the leaders themselves shows that they are ready.
   */
  async #untilLed({ topic, partitions }: TopicSpecification): Promise<void> {
    await this.#cluster.retry(
      { operation: `waiting for the leaders of ${topic}`, topic, alsoOn: UNKNOWN },
      async () => {
        const leaders = await this.#cluster.leaders(topic, UNKNOWN);
        if (leaders.length < partitions) throw errorOfCode(LEADER_NOT_AVAILABLE);
        await this.#askOffsets(topic, leaders, LATEST, 'read-uncommitted');
      },
    );
  }

  async #listOffsets(topic: string, timestamp: number, isolation: Isolation): Promise<number[]> {
    return this.#cluster.retry({ operation: `listing the offsets of ${topic}`, topic }, async () =>
      this.#askOffsets(topic, await this.#cluster.leaders(topic), timestamp, isolation),
    );
  }

  async #askOffsets(
    topic: string,
    leaders: readonly number[],
    timestamp: number,
    isolation: Isolation,
  ): Promise<number[]> {
    const offsets: number[] = [];
    const byLeader = Map.groupBy(leaders.keys(), (partition) => leaders[partition] as number);
    const asked = [...byLeader].map(async ([nodeId, partitions]) => {
      const broker = await this.#cluster.broker(nodeId);
      const { responses } = await broker.listOffsets({
        isolationLevel: isolation === 'read-committed' ? 1 : 0,
        topics: [{ topic, partitions: partitions.map((partition) => ({ partition, timestamp })) }],
      });
      for (const { partition, offset } of responses.flatMap((each) => each.partitions)) {
        offsets[partition] = Number(offset);
      }
    });
    await Promise.all(asked);
    return offsets;
  }
}
