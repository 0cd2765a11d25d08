import type { ClusterConnection } from './cluster.ts';
import { type Connection, isReady } from './internals.ts';
import { type PartitionQueue, type TakeLimits, type TakenBatches, takeBatches } from './pending-batch.ts';

/** A broker that a producer writes to: the partitions it leads and the connection to it. */
export class Leader {
  readonly nodeId: number;
  /** Unanswered requests. */
  inFlight = 0;
  readonly #cluster: ClusterConnection;
  readonly #partitions: PartitionQueue[] = [];
  #connection: Connection | undefined;
  #isConnecting = false;

  constructor(cluster: ClusterConnection, nodeId: number) {
    this.#cluster = cluster;
    this.nodeId = nodeId;
  }

  add(queue: PartitionQueue): void {
    this.#partitions.push(queue);
  }

  /** The connection if requests may be sent on it; if not, it is being opened and one of the two is called later. */
  connection(onReady: () => void, onFailure: (error: unknown) => void): Connection | undefined {
    if (this.#connection !== undefined && isReady(this.#connection)) return this.#connection;
    if (this.#isConnecting) return undefined;
    this.#isConnecting = true;
    this.#cluster
      .lane(this.nodeId, 'requests')
      .then((connection) => {
        this.#connection = connection;
        this.#isConnecting = false;
        onReady();
      })
      .catch(onFailure);
    return undefined;
  }

  /** Takes batches for one request. Each begins with another partition, so that none starves behind those that fill a request. */
  take(limits: TakeLimits): TakenBatches {
    const first = this.#partitions.shift();
    if (first !== undefined) this.#partitions.push(first);
    return takeBatches(this.#partitions, limits);
  }
}
