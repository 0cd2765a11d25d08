import {
  AdmissionControl,
  type AdmissionLimits,
  type AdmittedRange,
  type Intake,
  recordsBetween,
} from '../trigger/index.ts';
import type { BatchSource, OffsetSequence, Offsets } from './ports.ts';

/** What a batch takes of each source, in the order of the plan. */
export interface TakenInput {
  readonly ranges: readonly AdmittedRange[];
  /** Where the inputs end, as far as it was asked. */
  readonly available: OffsetSequence;
}

/** Decides how far a batch goes: what the trigger asks for, within each source's admission control. */
export class BatchIntake {
  readonly #sources: readonly BatchSource[];
  readonly #controls: readonly AdmissionControl[];

  /** @param limits of each source */
  constructor(sources: readonly BatchSource[], limits: AdmissionLimits) {
    this.#sources = sources;
    this.#controls = sources.map(() => new AdmissionControl(limits));
  }

  async decide(intake: Intake<OffsetSequence>, from: OffsetSequence, nowMs: number): Promise<TakenInput> {
    const available = await this.#available(intake, from);
    const ranges = this.#controls.map((control, index) => {
      const [start, end] = [from[index] as Offsets, available[index] as Offsets];
      return admitted(control, intake.kind, start, end, nowMs);
    });
    return { ranges, available };
  }

  /** Fetches ahead unless more than `records` from there on are at hand; resolves with how many are, when something came or after `maxWaitMs`. */
  async gather(from: OffsetSequence, records: number, maxWaitMs: number): Promise<number> {
    if (this.#atHand(from) <= records) {
      await Promise.race(
        this.#sources.map((source, index) => source.fetchAhead(from[index] as Offsets, maxWaitMs)),
      );
    }
    return this.#atHand(from);
  }

  #atHand(from: OffsetSequence): number {
    return this.#sources.reduce((total, source, index) => {
      const start = from[index] as Offsets;
      return total + recordsBetween(start, source.arrivedOffsets(start));
    }, 0);
  }

  async #available(intake: Intake<OffsetSequence>, from: OffsetSequence): Promise<OffsetSequence> {
    switch (intake.kind) {
      case 'latest':
      case 'all':
        return Promise.all(this.#sources.map((source) => source.latestOffsets()));
      case 'arrived':
        return this.#sources.map((source, index) => source.arrivedOffsets(from[index] as Offsets));
      case 'until':
        return intake.end;
    }
  }
}

function admitted(
  control: AdmissionControl,
  kind: Intake<OffsetSequence>['kind'],
  from: Offsets,
  available: Offsets,
  nowMs: number,
): AdmittedRange {
  switch (kind) {
    case 'latest':
      return control.admit(from, available, nowMs);
    case 'arrived':
    case 'until':
      return control.limit(from, available);
    case 'all':
      return { to: available, admission: 'all', backlog: 0 };
  }
}
