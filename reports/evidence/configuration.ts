import type { Cell } from '../model/index.ts';
import type { Estimate } from './estimate.ts';

interface Sourced {
  /** Result files whose runs it rests on. */
  readonly files: readonly string[];
}

/** Latency of a configuration at one constant offered rate. Of a percentile, runs with too few samples for it are not counted. */
export interface LatencyPoint extends Sourced {
  readonly ratePerSecond: number;
  readonly minMs: Estimate | null;
  readonly p50Ms: Estimate | null;
  readonly p99Ms: Estimate | null;
  readonly p999Ms: Estimate | null;
  readonly cpuSecondsPerMillion: Estimate | null;
  /** Measured after the longest warm-up although the latency still fell, in one of the runs at least. */
  readonly neverSteady: boolean;
  /** `run`: a latency run at this rate. `curve`: a point of the curve below a sustainable rate, which holds its overload's aftermath off but is one measurement. */
  readonly from: 'run' | 'curve';
}

export interface DrainPoint extends Sourced {
  readonly events: number;
  readonly ratePerSecond: Estimate;
  readonly cpuSecondsPerMillion: Estimate | null;
}

/** What a search for the sustainable rate found. */
export interface SustainPoint extends Sourced {
  readonly slo: { readonly percentile: number; readonly limitMs: number };
  /** Null where in one search not even the lowest rate held. */
  readonly ratePerSecond: Estimate | null;
  /** The lowest rate that did not hold: of several searches, the least and the highest that they found. Null where none failed. */
  readonly failsPerSecond: { readonly lowest: number; readonly highest: number } | null;
  /** The search ended at what the driver passes, or at the end of its range: the configuration may do more. */
  readonly isLowerBound: boolean;
  readonly searches: number;
}

/** Recoveries from SIGKILLs, of one kind of fault, at one rate and size of state. */
export interface RecoveryPoint extends Sourced {
  readonly ratePerSecond: number;
  readonly target: 'process' | 'slot';
  /** Distinct keys; null where the result does not tell. */
  readonly stateKeys: number | null;
  readonly kills: number;
  /** Null where one of the kills did not get so far before the run ended. */
  readonly firstOutputMs: Estimate | null;
  readonly caughtUpMs: Estimate | null;
  readonly replayedRecords: Estimate;
  /** What checkpoints, or logs and state of batches, wrote. */
  readonly bytesPerSecond: Estimate | null;
  readonly duplicates: number;
  readonly lost: number;
}

/**
 * One way to run one engine on one workload, and all that was measured of it: what is advised, compared with a claim, and drawn as one point of the
 * frontier. Equal in everything but the offered rate.
 */
export interface Configuration {
  /** The same in every result for the same configuration. */
  readonly id: string;
  /** For people: the engine, its profile where it has one, its variables, and in what else it differs from others that would be called the same. */
  readonly name: string;
  readonly workload: string;
  readonly engine: Cell['engine'];
  readonly profile: string;
  readonly guarantee: Cell['guarantee'];
  /** Distinct keys of the log, as its specification says; null where it does not. */
  readonly keys: number | null;
  /** What differs on purpose, without the rate. */
  readonly variables: Readonly<Record<string, string>>;
  readonly settings: Cell['settings'];
  /** By rate, ascending. */
  readonly latencies: readonly LatencyPoint[];
  /** By size of the backlog, ascending. */
  readonly drains: readonly DrainPoint[];
  readonly searches: readonly SustainPoint[];
  readonly recoveries: readonly RecoveryPoint[];
  /** Of all processes of the engine in a run; the highest of its runs. */
  readonly peakRssMb: number | null;
  readonly runs: { readonly passed: number; readonly refused: number; readonly wrong: number };
  /** Files that the runs are from. */
  readonly files: readonly string[];
}
