/**
 * When each offset of a topic was first received by a reader, committed or not: two columns a partition, one entry a fetch. Both sides
 * move forward only, so a look-up is a step or none.
 */
export class FirstSeen {
  readonly #partitions: { ends: number[]; arrivalsUs: number[]; at: number }[];

  constructor(partitions: number) {
    this.#partitions = Array.from({ length: partitions }, () => ({ ends: [], arrivalsUs: [], at: 0 }));
  }

  /** @param nextOffset behind what the fetch brought of the partition; never less than before */
  note(partition: number, nextOffset: number, arrivalUs: number): void {
    const seen = this.#partitions[partition];
    seen?.ends.push(nextOffset);
    seen?.arrivalsUs.push(arrivalUs);
  }

  /**
   * @param offset never less than in the look-up before, of the same partition
   * @param visibleUs when the committed reader received it, which may have been first
   */
  lookUp(partition: number, offset: number, visibleUs: number): number {
    const seen = this.#partitions[partition];
    if (seen === undefined) return visibleUs;
    while (seen.at < seen.ends.length && (seen.ends[seen.at] as number) <= offset) seen.at += 1;
    const firstUs = seen.arrivalsUs[seen.at];
    return firstUs === undefined || firstUs > visibleUs ? visibleUs : firstUs;
  }
}
