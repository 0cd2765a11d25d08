import type { KafkaClient } from '../../../kafka/index.ts';
import type { Introspection } from '../../pipeline/index.ts';
import type { EngineProgress } from '../../pipeline/process/index.ts';
import type { FlinkJob, RestClient } from '../rest/index.ts';
import { vertexIntrospection } from './vertex-introspection.ts';

const CURRENT_OFFSET = /KafkaSourceReader\.topic\.(.+)\.partition\.(\d+)\.currentOffset$/;

/** How far a job is: read positions by Flink's metrics, committed ones by the offsets of its group, which it commits with each checkpoint. */
export class JobProgress {
  readonly #kafka: KafkaClient;
  readonly #group: string;
  readonly #topic: string;
  #positions: readonly number[] = [];
  #committed: readonly number[] = [];
  #watermarkMs: number | null = null;
  #metricNames: readonly string[] = [];
  #restarted = false;
  #introspection: Introspection | undefined;

  constructor(kafka: KafkaClient, group: string, topic: string) {
    this.#kafka = kafka;
    this.#group = group;
    this.#topic = topic;
  }

  now(): EngineProgress {
    return {
      positions: this.#positions,
      committedPositions: this.#committed,
      watermarkMs: this.#watermarkMs,
      lateRecords: null,
      lateRowsSparkCount: null,
      deadLetters: 0,
      ...(this.#introspection && { introspection: this.#introspection }),
    };
  }

  /** The tasks went down: they will be others, and read again from what is committed. */
  async restart(): Promise<void> {
    await this.#readCommitted();
    this.#positions = this.#committed;
    this.#metricNames = [];
    this.#restarted = true;
  }

  /** Asks Flink and Kafka. */
  async refresh(rest: RestClient, jobId: string, job: FlinkJob): Promise<void> {
    const { vertices } = job;
    this.#introspection = vertexIntrospection(job);
    await this.#readCommitted();
    const source = vertices.find(({ name }) => name.startsWith('Source'));
    if (source !== undefined) await this.#readPositions(rest, jobId, source.id, this.#committed.length);
    const last = vertices.at(-1);
    if (last !== undefined) this.#watermarkMs = await rest.watermarkMs(jobId, last.id);
  }

  async #readCommitted(): Promise<void> {
    const offsets = await this.#kafka.admin.committedOffsets(this.#group, this.#topic);
    this.#committed = offsets.map((committed) => committed?.offset ?? 0);
  }

  async #readPositions(rest: RestClient, jobId: string, vertexId: string, partitions: number): Promise<void> {
    if (this.#metricNames.length < partitions) {
      const names = await rest.metricNames(jobId, vertexId);
      this.#metricNames = names.filter((name) => CURRENT_OFFSET.test(name));
    }
    if (this.#metricNames.length === 0) return;
    const positions = Array.from({ length: partitions }, (_, partition) => this.#positions[partition] ?? 0);
    for (const [name, lastRead] of await rest.metrics(jobId, vertexId, this.#metricNames)) {
      // The metric is the last record read, -1 before the first.
      positions[Number(CURRENT_OFFSET.exec(name)?.[2])] = lastRead + 1;
    }
    this.#positions = positions;
  }

  /** Whether all before these offsets was read. After a restart the metrics may be of the dead tasks for a while: then a checkpoint must say so. */
  hasRead(ends: readonly number[]): boolean {
    const read = this.#restarted ? this.#committed : this.#positions;
    return ends.every((end, partition) => (read[partition] ?? 0) >= end);
  }

  /** Everything read is in the savepoint, and its outputs are committed with it. */
  settle(ends: readonly number[]): void {
    this.#committed = this.#positions.map((position, partition) => Math.max(position, ends[partition] ?? 0));
    this.#positions = this.#committed;
  }

  /** Ends of the input's partitions, now. */
  endOffsets(): Promise<readonly number[]> {
    return this.#kafka.admin.endOffsets(this.#topic, 'read-committed');
  }
}
