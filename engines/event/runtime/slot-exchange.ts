/** What the sources of a slot send into, as a whole: barriers, and what waits to be sent. */
export interface SlotExchange {
  /** True when no source may start a record. */
  readonly blocked: boolean;
  /** True when no barrier may be sent. A full channel is no reason: the barrier waits in it for room. */
  readonly barrierBlocked: boolean;
  /** True when nothing waits here that would still have to come before the end of the input. */
  readonly settled: boolean;
  /** After everything that the sources sent before it. */
  barrier(checkpointId: number): void;
  /** Sends what waits for frames to fill, as far as there is room. */
  flush(): void;
}
