/** Follows what of a thread's records is acknowledged, and how long acknowledgements stayed away. */
export class AcknowledgementWatch {
  acknowledged = 0;
  /** Instant of the last acknowledgement, nanoseconds on the caller's axis. */
  lastNs = 0;
  longestUnacknowledgedNs = 0;
  /** Since when something is sent, or still is after an acknowledgement, and none has come; NaN while nothing waits. */
  #waitingSinceNs = Number.NaN;

  /** To be called when records are sent; only the first since nothing waited counts. */
  onSend(nowNs: number): void {
    if (Number.isNaN(this.#waitingSinceNs)) this.#waitingSinceNs = nowNs;
  }

  /** @param sent records sent so far */
  onAcknowledged(records: number, nowNs: number, sent: number): void {
    this.acknowledged += records;
    this.lastNs = nowNs;
    this.longestUnacknowledgedNs = Math.max(this.longestUnacknowledgedNs, nowNs - this.#waitingSinceNs);
    this.#waitingSinceNs = this.acknowledged < sent ? nowNs : Number.NaN;
  }
}
