/** The only source of time of an engine; tests give a manual one. */
export interface Clock {
  /** Processing time, milliseconds since 1970. */
  nowMs(): number;
  /** Monotonic nanoseconds, comparable between the processes of one host. */
  monotonicNs(): bigint;
}
