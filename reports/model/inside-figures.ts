/** A figure that an engine tells of its insides: it explains others, and no two engines are compared by it. */
interface InsideFigure {
  readonly title: string;
  readonly definition: string;
}

/** The members of a run's `introspection`, in words. */
export const INSIDE_FIGURES: readonly InsideFigure[] = [
  {
    title: 'records in and out',
    definition:
      'Of each operator, since its task last started: read and decoded by the source, kept by row functions, left from asynchronous calls, given to the keyed operator and put out by it, taken by the sink (results, late records, side outputs, dead letters). In and out a second are medians over the seconds of the measured part; a second in which a task started is left out. Of Flink those of its vertices, read-records and write-records.',
  },
  {
    title: 'busy, back-pressured, idle',
    definition:
      "Shares of the time of a task, a slot of the event-driven engine or a vertex of Flink; medians over the seconds of the measured part. Busy: records were worked on, state was read from disk, or the slot's Kafka client fetched and sent between two turns. Back-pressured: asleep, and what takes the output has no room, or barriers are being aligned. Idle: asleep with nothing to do; what a client does meanwhile counts as idle too. Measured at a few instants of each turn. Busy of an operator is its part of that: the source's with its row functions, the keyed operator's with the sink. What the source's calls of the operator for keys of its own slot take is timed in one turn of 64.",
  },
  {
    title: 'held back by',
    definition:
      'The partition whose greatest event time is the lowest of those that are not idle: how far behind the furthest one it is, and for how long it has been the one (seen every 100 ms). Partitions are counted on over the topics of all sources. Idle partitions hold nobody back: nothing came from them for the idle time-out, or they are read to their end.',
  },
  {
    title: 'checkpoints',
    definition:
      'Completed, failed, and of the failed those that took longer than the time-out, since the slots last started. Of the newest complete one: duration from the order to the commit, alignment from the first barrier to the last (the longest of all slots), bytes written for it, and bytes of the state that a restore reads, which are more where it is incremental.',
  },
  {
    title: 'state',
    definition:
      'Of the keyed operator of a slot, at the newest complete checkpoint: bytes of the files that a restore reads, and entries (values of keys and windows, and timers) where the backend counts them.',
  },
];
