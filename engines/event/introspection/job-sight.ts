import type { Introspection, OperatorProgress, StateSize, TaskProgress } from '../../pipeline/index.ts';
import type { CheckpointCount } from './checkpoint-count.ts';
import { type OperatorNames, operatorNames, type PlannedOperators } from './operator-names.ts';
import { readSlotFigures } from './slot-figures.ts';
import { type PartitionTimes, WatermarkWatch } from './watermark-watch.ts';

export interface JobSightOptions {
  readonly plan: PlannedOperators;
  /** The slots' cells. */
  readonly memory: SharedArrayBuffer;
  readonly times: PartitionTimes;
  /** Of each slot's operator: -Infinity before the first. */
  readonly watermarksMs: Float64Array;
  readonly checkpoints: CheckpointCount;
  readonly monotonicNs: () => bigint;
}

/** Puts together what the slots, the partitions and the checkpoints of a running job tell, in the coordinator's thread. */
export class JobSight {
  readonly #options: JobSightOptions;
  readonly #names: OperatorNames;
  readonly #hasEventTime: boolean;
  readonly #watermark = new WatermarkWatch();
  #stateSizes: readonly StateSize[] = [];

  constructor(options: JobSightOptions) {
    this.#options = options;
    const { plan } = options;
    this.#names = operatorNames(plan);
    this.#hasEventTime = plan.sources.some(({ steps }) => steps.some(({ kind }) => kind === 'watermark'));
  }

  /** What the newest complete checkpoint found of each slot's state. */
  stateFound(sizes: readonly StateSize[]): void {
    this.#stateSizes = sizes;
  }

  look(): Introspection {
    const { times, watermarksMs, checkpoints, monotonicNs } = this.#options;
    const nowMs = Number(monotonicNs()) / 1e6;
    return {
      tasks: Array.from(watermarksMs, (watermarkMs, slot) => this.#task(slot, watermarkMs, nowMs)),
      watermark: this.#hasEventTime ? this.#watermark.look(times, nowMs) : null,
      checkpoints: checkpoints.tally(),
    };
  }

  #task(slot: number, watermarkMs: number, nowMs: number): TaskProgress {
    const figures = readSlotFigures(this.#options.memory, slot, nowMs);
    const { steps, asyncSteps, operator } = this.#names;
    const withoutState = { state: null };
    const operators: OperatorProgress[] = [
      {
        name: 'source',
        recordsIn: figures.read,
        recordsOut: figures.decoded,
        busyMs: figures.sourceMs,
        ...withoutState,
      },
    ];
    if (steps !== null) {
      operators.push({
        name: steps,
        recordsIn: figures.decoded,
        recordsOut: figures.kept,
        busyMs: null,
        ...withoutState,
      });
    }
    if (asyncSteps !== null) {
      operators.push({
        name: asyncSteps,
        recordsIn: figures.kept,
        recordsOut: figures.asyncOut,
        busyMs: null,
        ...withoutState,
      });
    }
    if (operator !== null) {
      operators.push({
        name: operator,
        recordsIn: figures.operatorIn,
        recordsOut: figures.results,
        busyMs: figures.operatorMs,
        state: this.#stateSizes[slot] ?? null,
      });
    }
    const outputs = figures.results + figures.otherOutputs;
    operators.push({
      name: 'sink',
      recordsIn: outputs,
      recordsOut: outputs,
      busyMs: null,
      ...withoutState,
    });
    return {
      name: `slot ${slot}`,
      busyMs: figures.sourceMs + figures.operatorMs + figures.otherMs,
      backPressuredMs: figures.backPressuredMs,
      idleMs: figures.idleMs,
      watermarkMs: Number.isFinite(watermarkMs) ? watermarkMs : null,
      operators,
    };
  }
}
