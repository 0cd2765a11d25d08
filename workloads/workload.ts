import type { Capability } from '../engines/pipeline/index.ts';
import type { LogSpecification, RecordedLog } from './log/index.ts';
import type { Oracle } from './oracle.ts';

/** A workload: log, dataflow and oracle from one definition. */
export interface Workload {
  /** Also the reference by which `loadWorkload` finds it. */
  readonly name: string;
  readonly title: string;
  readonly defaults: Omit<LogSpecification, 'seed' | 'events'>;
  /** Event-time milliseconds between two records; null where event time plays no part. Multiple of replay time = rate * step / 1000. */
  readonly eventTimeStepMs: number | null;
  generate(specification: LogSpecification): RecordedLog;
  /** file: URL and export of the function (DataflowOptions) => Dataflow, for engine processes to import. */
  readonly dataflow: { readonly module: string; readonly export: string };
  /** Chosen openly from what the engine can do; printed in the result. */
  dataflowOptions(capabilities: ReadonlySet<Capability>): DataflowOptions;
  oracle(log: RecordedLog, options: DataflowOptions): Oracle;
  /** Fields that tell one result from every other, by which a result of one engine finds its counterpart of another; none where left out. */
  readonly resultIdentity?: readonly string[];
  /** Whether an engine may put out this result or not, depending on how it is stopped; no where left out. */
  dependsOnStop?(result: Readonly<Record<string, unknown>>): boolean;
}

export interface DataflowOptions {
  /** How late records are treated: an output of their own, or dropped and counted. `none` where event time plays no part. */
  readonly late: 'side-output' | 'count' | 'none';
}

/** Logical outputs of every workload's dataflow; `late` exists where late is `side-output`. The logical input is `input`. */
export const OUTPUTS = { result: 'output', late: 'late', deadLetter: 'dead-letter' } as const;
