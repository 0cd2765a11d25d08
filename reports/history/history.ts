import type { Cell, MetricId } from '../model/index.ts';

/** One result of a history. */
export interface HistoryEntry {
  /** Of the file, from the folder that was read. */
  readonly path: string;
  readonly createdAt: string;
  readonly gitCommit: string | null;
  readonly gitDirty: boolean | null;
  readonly command: readonly string[];
  readonly status: 'complete' | 'interrupted';
  /** `6 cells, 24 runs: all oracles passed` */
  readonly verdict: string;
  readonly passed: boolean;
  /** Machine and broker in one line: figures of two results stand in one series only where it is the same. */
  readonly fingerprint: string;
  /** Whether a report.html lies beside the file. */
  readonly hasReport: boolean;
  readonly values: readonly HistoryValue[];
}

/** What one result says of one metric of one cell. */
export interface HistoryValue {
  readonly workload: string;
  readonly engine: Cell['engine'];
  readonly profile: string;
  readonly guarantee: Cell['guarantee'];
  readonly variables: Readonly<Record<string, string>>;
  /** Null for metrics that are measured at no offered rate. */
  readonly ratePerSecond: number | null;
  /** `event-driven`, `micro-batch (tuned), checkpointIntervalMs=250` */
  readonly cell: string;
  readonly metric: MetricId;
  /** Median of the runs that passed, in the metric's unit. */
  readonly value: number;
  readonly runs: number;
}

/** A file that is no result of ours, or one that is there twice. */
export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** All results below a folder, the oldest first. */
export interface History {
  readonly folder: string;
  readonly entries: readonly HistoryEntry[];
  readonly skipped: readonly SkippedFile[];
}
