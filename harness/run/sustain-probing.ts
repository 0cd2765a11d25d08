import type { SustainRun, SustainStep, Verification } from '../../reports/model/index.ts';
import { binOfWholeCycles, searchErrors } from '../search/index.ts';
import type { RunContext } from './context.ts';
import { cycleMsOf } from './cycle.ts';
import { LogCache } from './log-cache.ts';
import type { CellPlan } from './plan.ts';
import { judgeProbe, voidingRemarks } from './probe-verdict.ts';
import type { ScheduledBase } from './schedule-run.ts';
import type { SustainPlan } from './sustain-plan.ts';
import { type CompleteProbe, runProbe } from './sustain-probe.ts';
import { describeStep, rate } from './sustain-text.ts';

/** How often a probe is made that nothing can be concluded from, before the run is refused. */
const VOID_ATTEMPTS = 3;
/** An engine whose cycle is longer than the measured stretch shows no trend in it: it is measured for so many bins. */
const BINS_MEASURED = 3;

type CurvePoint = NonNullable<SustainRun['figures']>['curve'][number];

/** Thrown to end a search: an output was wrong, or no valid probe could be made. */
export class SearchStopped extends Error {
  readonly base: ScheduledBase;

  constructor(base: ScheduledBase) {
    super('a probe stopped the search');
    this.base = base;
  }
}

/** Makes the probes of one sustain run, each a fresh deployment with fresh topics, and keeps what they say together. */
export class SustainProbing {
  /** Of every probe that was complete, in order. */
  readonly verifications: Verification[] = [];
  readonly #context: RunContext;
  readonly #cell: CellPlan;
  readonly #plan: SustainPlan;
  readonly #runId: string;
  readonly #binMs: number;
  readonly #latestBase = new Map<number, ScheduledBase>();
  #steps = 0;
  #runs = 0;

  constructor(context: RunContext, cell: CellPlan, plan: SustainPlan, runId: string) {
    // Each rate has a log of its own, and only confirmations replay one again: keeping more would only fill the memory.
    this.#context = { ...context, logs: new LogCache(1) };
    const { schedule: _, ...rest } = cell;
    const sheet = context.pipelines.get(cell.engine)?.settingsSheet(cell.settings) ?? [];
    this.#binMs = binOfWholeCycles(cycleMsOf(sheet));
    const longBins = this.#binMs > 1_000 ? BINS_MEASURED * this.#binMs : 0;
    this.#cell = {
      ...rest,
      warmupMs: plan.warmupMs,
      warmupLimitMs: plan.warmupLimitMs,
      durationMs: Math.max(plan.probeMs, longBins),
    };
    this.#plan = plan;
    this.#runId = runId;
  }

  /** The last complete probe at a rate, or of all where none was complete at it. */
  baseAt(ratePerSecond: number | null): ScheduledBase | undefined {
    const at = ratePerSecond === null ? undefined : this.#latestBase.get(ratePerSecond);
    return at ?? [...this.#latestBase.values()].at(-1);
  }

  /**
   * One step of the search.
   *
   * @throws SearchStopped, SUSTAIN_PROBE_EMPTY, or what a probe failed with
   */
  async step(ratePerSecond: number, purpose: SustainStep['purpose']): Promise<SustainStep> {
    const step = await this.#valid(ratePerSecond, purpose);
    this.#steps += 1;
    this.#context.progress(describeStep(step, this.#steps, this.#plan.maximumProbes - this.#steps));
    return step;
  }

  async #valid(ratePerSecond: number, purpose: SustainStep['purpose']): Promise<SustainStep> {
    for (let attempt = 1; ; attempt += 1) {
      const probe = await this.#probe(ratePerSecond, true);
      if (probe.kind === 'ended') {
        const { verdict, reasons } = probe.judgement;
        const unknown = { p99Us: null, lagSlopePerSecond: null, drainMs: null };
        return { ratePerSecond, purpose, verdict, reasons: [...reasons], ...unknown };
      }
      const { base, latency, measured } = probe;
      const { verdict, reasons } = judgeProbe(measured, this.#plan.slo);
      const voiding = voidingRemarks(base.remarks, verdict);
      if (voiding.length === 0) {
        const { lagSlopePerSecond, drainMs } = measured.fromDue;
        const figures = { p99Us: latency.p99, lagSlopePerSecond, drainMs };
        return { ratePerSecond, purpose, verdict, reasons: [...reasons], ...figures };
      }
      if (attempt === VOID_ATTEMPTS)
        throw new SearchStopped({ ...base, outcome: 'invalid', remarks: [...voiding] });
      const why = [...voiding.map(({ code }) => code), ...reasons].join('; ');
      this.#context.progress(`probe at ${rate(ratePerSecond)} is void and made again: ${why}`);
    }
  }

  /**
   * Latency at a share of the sustainable rate; null where the run had no end to speak of.
   *
   * @throws SearchStopped, or what the probe failed with
   */
  async curvePoint(sustainablePerSecond: number, share: number): Promise<CurvePoint | null> {
    const ratePerSecond = Math.max(1, Math.round(sustainablePerSecond * share));
    const probe = await this.#probe(ratePerSecond, false);
    const at = `latency at ${Math.round(100 * share)} %, ${rate(ratePerSecond)}`;
    if (probe.kind === 'ended') {
      this.#context.progress(`${at}: none, ${probe.judgement.reasons.join('; ')}`);
      return null;
    }
    const { latency, base } = probe;
    const milliseconds = (us: number | null): string =>
      us === null ? 'too few samples' : `${(us / 1_000).toFixed(1)} ms`;
    const codes = base.remarks.map(({ code }) => code);
    this.#context.progress(
      `${at}: p50 ${milliseconds(latency.p50)}, p99 ${milliseconds(latency.p99)}${codes.length === 0 ? '' : ` (${codes.join(', ')})`}`,
    );
    return { share, ratePerSecond, latency, remarks: [...base.remarks] };
  }

  async #probe(ratePerSecond: number, breakOff: boolean): Promise<Awaited<ReturnType<typeof runProbe>>> {
    this.#runs += 1;
    const probe = await runProbe(this.#context, {
      cell: { ...this.#cell, ratePerSecond },
      plan: this.#plan,
      binMs: this.#binMs,
      runId: `${this.#runId}-p${this.#runs}`,
      breakOff,
    });
    if (probe.kind === 'complete') this.#keep(probe, ratePerSecond);
    return probe;
  }

  #keep({ base, measured }: CompleteProbe, ratePerSecond: number): void {
    if (base.verification !== null) this.verifications.push(base.verification);
    if (base.outcome === 'oracle-failed') throw new SearchStopped(base);
    if (measured.fromDue.samples === 0) {
      const { durationMs } = this.#cell;
      throw searchErrors.error('SUSTAIN_PROBE_EMPTY', { ratePerSecond, probeMs: durationMs });
    }
    this.#latestBase.set(ratePerSecond, base);
  }
}
