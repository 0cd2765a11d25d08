import { expect, test } from 'vitest';
import type { Clock, Dataflow, Row } from '../../pipeline/index.ts';
import { MemorySink, MemorySource, MicroBatchExecution } from '../execution/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import { compilePlan } from '../plan/index.ts';
import type { BatchProgress } from '../progress/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';

/** One action of a script, named as in Spark's StreamTest. */
export type StreamStep =
  | { readonly step: 'addData'; readonly rows: readonly Row[]; readonly source: number }
  /** Runs batches until nothing is left to do, then compares what came out since the last check, in any order. */
  | { readonly step: 'checkNewAnswer'; readonly rows: readonly Row[] }
  /** The same for the rows of the last batch alone, as of a sink in complete mode. */
  | { readonly step: 'checkLastBatch'; readonly rows: readonly Row[] }
  | { readonly step: 'advanceClock'; readonly byMs: number }
  | { readonly step: 'stop' }
  | { readonly step: 'start' }
  /** `updated` is summed over the batches since the last assertion of this kind. */
  | { readonly step: 'assertNumStateRows'; readonly total: number; readonly updated: number }
  /** Of the last batch with data: Spark's count, rows of a windowed aggregation after partial aggregation. */
  | { readonly step: 'assertNumRowsDropped'; readonly rows: number }
  /** What the last batch with data ran with. */
  | { readonly step: 'assertWatermark'; readonly watermarkMs: number };

export const addData = (...rows: Row[]): StreamStep => ({ step: 'addData', rows, source: 0 });
/** To a source of several, by its place in the plan. */
export const addDataTo = (source: number, ...rows: Row[]): StreamStep => ({ step: 'addData', rows, source });
export const checkNewAnswer = (...rows: Row[]): StreamStep => ({ step: 'checkNewAnswer', rows });
export const checkLastBatch = (...rows: Row[]): StreamStep => ({ step: 'checkLastBatch', rows });
export const advanceClock = (byMs: number): StreamStep => ({ step: 'advanceClock', byMs });
export const stop: StreamStep = { step: 'stop' };
export const start: StreamStep = { step: 'start' };
export const assertNumStateRows = (total: number, updated: number): StreamStep => ({
  step: 'assertNumStateRows',
  total,
  updated,
});
export const assertNumRowsDropped = (rows: number): StreamStep => ({ step: 'assertNumRowsDropped', rows });
export const assertWatermark = (watermarkMs: number): StreamStep => ({
  step: 'assertWatermark',
  watermarkMs,
});

export interface StreamScript {
  readonly dataflow: Dataflow;
  readonly steps: readonly StreamStep[];
  /** True if left out. */
  readonly noDataBatches?: boolean;
  /** Of several watermarks, from the first start on; each later one is `restartPolicy` or the same. */
  readonly watermarkPolicy?: 'min' | 'max';
  readonly restartPolicy?: 'min' | 'max';
  /**
   * `always` runs what there is at each check (Spark's processAllAvailable), `clock` one batch at each `advanceClock`
   * (a processing-time trigger on a manual clock). `always` if left out.
   */
  readonly trigger?: 'always' | 'clock';
}

/** Restarts after every step as well: the same must come out. */
type Restarts = 'as written' | 'after every step';

/**
 * Declares a test that plays the script, and one that plays it with a stop and a start after every step. The second is
 * left out where a restart changes the answer, for which the caller gives the reason.
 */
export function testStream(
  name: string,
  script: StreamScript,
  options: { readonly restartsMatter?: string } = {},
): void {
  test(name, () => playStream(script, 'as written'));
  if (options.restartsMatter === undefined) {
    test(`${name}, restarted after every step`, () => playStream(script, 'after every step'));
  }
}

/** Plays a script through the compiled plan and the real execution, on memory sources, logs, state and sink. */
export async function playStream(script: StreamScript, restarts: Restarts): Promise<void> {
  const player = new StreamPlayer(script);
  await player.start();
  for (const [index, step] of script.steps.entries()) {
    await player.play(step, `step ${index}, ${step.step}`);
    if (restarts === 'after every step' && player.isRunning) {
      await player.stop();
      await player.start();
    }
  }
  if (player.isRunning) await player.stop();
}

class StreamPlayer {
  readonly #script: StreamScript;
  readonly #plan: ReturnType<typeof compilePlan>;
  readonly #sources: readonly MemorySource[];
  readonly #sink = new MemorySink();
  readonly #files = createMemoryFileStore();
  readonly #clock: Clock;
  #nowMs = 0;
  #execution: MicroBatchExecution | undefined;
  #progress: BatchProgress[] = [];
  #checkedBatches = 0;
  #assertedBatches = 0;
  #starts = 0;

  constructor(script: StreamScript) {
    this.#script = script;
    this.#plan = compilePlan(script.dataflow);
    this.#sources = this.#plan.sources.map(({ schema, condition }) => new MemorySource(schema, 1, condition));
    this.#clock = { nowMs: () => this.#nowMs, monotonicNs: () => 0n };
  }

  get isRunning(): boolean {
    return this.#execution !== undefined;
  }

  async start(): Promise<void> {
    const { watermarkPolicy = 'min', restartPolicy = watermarkPolicy } = this.#script;
    this.#execution = await MicroBatchExecution.restore({
      plan: this.#plan,
      sources: this.#sources,
      sink: this.#sink,
      files: this.#files,
      openStores: (files) => createMemoryStateFactory(files, 3),
      clock: this.#clock,
      settings: {
        maxRecordsPerBatch: 0,
        noDataBatches: this.#script.noDataBatches ?? true,
        retainedBatches: 100,
        statePartitions: 2,
        watermarkPolicy: this.#starts++ === 0 ? watermarkPolicy : restartPolicy,
      },
    });
  }

  async stop(): Promise<void> {
    await this.#execution?.close();
    this.#execution = undefined;
  }

  async play(step: StreamStep, label: string): Promise<void> {
    switch (step.step) {
      case 'addData':
        this.#sources[step.source]?.add(step.rows);
        return;
      case 'checkNewAnswer': {
        await this.#runAvailable();
        const since = this.#progress.slice(this.#checkedBatches);
        this.#checkedBatches = this.#progress.length;
        const rows = since.flatMap(({ batchId }) => this.#rowsOf(batchId));
        expect(inOrder(rows), label).toEqual(inOrder(step.rows));
        return;
      }
      case 'checkLastBatch': {
        await this.#runAvailable();
        this.#checkedBatches = this.#progress.length;
        expect(inOrder(this.#rowsOf(this.#progress.at(-1)?.batchId)), label).toEqual(inOrder(step.rows));
        return;
      }
      case 'advanceClock':
        this.#nowMs += step.byMs;
        if (this.#script.trigger === 'clock') await this.#runBatch();
        return;
      case 'stop':
        return this.stop();
      case 'start':
        return this.start();
      case 'assertNumStateRows': {
        await this.#runAvailable();
        const since = this.#progress.slice(this.#assertedBatches);
        this.#assertedBatches = this.#progress.length;
        const updated = since.reduce((total, { stateRowsUpdated }) => total + stateRowsUpdated, 0);
        const { total } = step;
        expect({ total: this.#progress.at(-1)?.stateRows, updated }, label).toEqual({
          total,
          updated: step.updated,
        });
        return;
      }
      case 'assertNumRowsDropped':
        await this.#runAvailable();
        expect(this.#lastWithData()?.lateRowsSparkCount, label).toBe(step.rows);
        return;
      case 'assertWatermark':
        await this.#runAvailable();
        expect(this.#lastWithData()?.watermarkMs, label).toBe(step.watermarkMs);
        return;
    }
  }

  async #runAvailable(): Promise<void> {
    if (this.#script.trigger === 'clock') return;
    while (await this.#runBatch());
  }

  async #runBatch(): Promise<boolean> {
    const batch = await this.#execution?.runBatch();
    if (batch === undefined) return false;
    this.#progress.push(batch);
    await this.#execution?.maintain();
    return true;
  }

  #rowsOf(batchId: number | undefined): readonly Row[] {
    return batchId === undefined ? [] : this.#sink.rowsOf(batchId).map(({ row }) => row);
  }

  #lastWithData(): BatchProgress | undefined {
    return this.#progress.findLast(({ inputRows }) => inputRows > 0);
  }
}

/** Rows in an order that does not depend on that of their fields. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  const text = (row: Row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}
