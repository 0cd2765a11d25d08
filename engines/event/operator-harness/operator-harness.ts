import type { Row } from '../../pipeline/index.ts';
import type { KeyedOperator, OperatorOutput } from '../operator/index.ts';
import type { Key, StateBackend } from '../state/index.ts';
import { type OpenBackend, Restorable } from './restorable.ts';

/** What an operator is given, in order. */
export type OperatorStep<Raw> =
  | {
      readonly element: {
        readonly key: Key;
        readonly row: Row;
        readonly timestampMs: number;
        readonly raw: Raw;
        /** Counted from 0. */
        readonly input?: number;
      };
    }
  | { readonly watermarkMs: number }
  | { readonly processingTimeMs: number }
  | { readonly snapshotRestore: true };

/** What an operator put out, in order. */
export type OperatorEmission<Raw> =
  | { readonly kind: 'result'; readonly key: Key; readonly row: Row; readonly timestampMs: number }
  | { readonly kind: 'late'; readonly raw: Raw }
  | { readonly kind: 'side'; readonly output: string; readonly key: Key; readonly row: Row };

/** What the operator under test is made of; `nowMs` is the processing time of the last step that gave one. */
export interface HarnessParts<Raw> {
  readonly state: StateBackend;
  readonly output: OperatorOutput<Raw>;
  readonly nowMs: () => number;
}

/**
 * Drives a keyed operator by hand, as Flink's KeyedOneInputStreamOperatorTestHarness does, and restores it from real snapshot files. After
 * a restore it is given its last watermark and instant again, as a restored job would.
 *
 * @returns for each step what came out during it
 */
export async function runOperatorSteps<Raw>(
  open: OpenBackend,
  make: (parts: HarnessParts<Raw>) => KeyedOperator<Raw>,
  steps: readonly OperatorStep<Raw>[],
): Promise<readonly (readonly OperatorEmission<Raw>[])[]> {
  let emitted: OperatorEmission<Raw>[] = [];
  let watermarkMs: number | undefined;
  let processingTimeMs: number | undefined;
  const output: OperatorOutput<Raw> = {
    emit: (key, row, timestampMs) => void emitted.push({ kind: 'result', key, row, timestampMs }),
    late: (raw) => void emitted.push({ kind: 'late', raw }),
    side: (name, key, row) => void emitted.push({ kind: 'side', output: name, key, row }),
  };
  const restorable = await Restorable.create(open, (state) =>
    make({ state, output, nowMs: () => processingTimeMs ?? 0 }),
  );
  const advanceWatermark = async (toMs: number): Promise<void> => {
    await restorable.subject.prefetchTimers(toMs);
    restorable.subject.processWatermark(toMs);
  };
  const advanceProcessingTime = async (toMs: number): Promise<void> => {
    await restorable.subject.prefetchProcessingTimers(toMs);
    restorable.subject.processProcessingTime(toMs);
  };
  const results: (readonly OperatorEmission<Raw>[])[] = [];
  try {
    for (const step of steps) {
      if ('element' in step) {
        const { key, row, timestampMs, raw, input } = step.element;
        await restorable.subject.prefetch([key], [timestampMs]);
        restorable.subject.processElement(key, row, timestampMs, raw, input);
      } else if ('watermarkMs' in step) {
        watermarkMs = step.watermarkMs;
        await advanceWatermark(watermarkMs);
      } else if ('processingTimeMs' in step) {
        processingTimeMs = step.processingTimeMs;
        await advanceProcessingTime(processingTimeMs);
      } else {
        await restorable.snapshotAndRestore();
        if (watermarkMs !== undefined) await advanceWatermark(watermarkMs);
        if (processingTimeMs !== undefined) await advanceProcessingTime(processingTimeMs);
      }
      results.push(emitted);
      emitted = [];
    }
  } finally {
    await restorable.close();
  }
  return results;
}

/**
 * The same steps with a snapshot and a restore after each: an operator whose state is complete gives the same (the idea of Hazelcast Jet's
 * TestSupport.verifyProcessor).
 *
 * @returns as `runOperatorSteps` for the steps alone; what came out during the added restores counts to the step before
 */
export async function runOperatorStepsRestoring<Raw>(
  open: OpenBackend,
  make: (parts: HarnessParts<Raw>) => KeyedOperator<Raw>,
  steps: readonly OperatorStep<Raw>[],
): Promise<readonly (readonly OperatorEmission<Raw>[])[]> {
  const each = await runOperatorSteps(
    open,
    make,
    steps.flatMap((step) => [step, { snapshotRestore: true } as const]),
  );
  return steps.map((_, index) => [...(each[2 * index] ?? []), ...(each[2 * index + 1] ?? [])]);
}
