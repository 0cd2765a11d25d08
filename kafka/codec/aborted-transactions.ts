/** One row of a fetch response's list: the producer aborted a transaction whose first record in the partition is here. */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/**
 * Tells which batches belong to aborted transactions, as Kafka's Java consumer does (CompletedFetch.nextFetchedRecord): a
 * producer is aborted from the first offset of its row until its abort marker. Asked with the batches in offset order.
 */
export class AbortedTransactionFilter {
  readonly #waiting: readonly AbortedTransaction[];
  #next = 0;
  readonly #aborted = new Set<number>();

  constructor(transactions: readonly AbortedTransaction[]) {
    this.#waiting = [...transactions].sort((left, right) => left.firstOffset - right.firstOffset);
  }

  /** Takes in the rows that begin at or before the batch's last offset. */
  advanceTo(lastOffset: number): void {
    for (; this.#next < this.#waiting.length; this.#next++) {
      const transaction = this.#waiting[this.#next] as AbortedTransaction;
      if (transaction.firstOffset > lastOffset) return;
      this.#aborted.add(transaction.producerId);
    }
  }

  isAborted(producerId: number): boolean {
    return this.#aborted.has(producerId);
  }

  /** The producer's abort marker: what it writes from here on is another transaction. */
  endOf(producerId: number): void {
    this.#aborted.delete(producerId);
  }
}
