import type { Remark, SustainStep } from '../../reports/model/index.ts';
import { type ProbeFigures, reasonsAgainst, type Slo } from '../search/index.ts';

/** Remarks that say that the driver did not hold the rate. Every other refusal voids a probe: it says nothing of the rate. */
const DRIVER_CODES: ReadonlySet<string> = new Set(['RUN_RATE_NOT_HELD', 'RUN_BROKER_STALLED']);
const GENERATOR_LAG_CODE = 'RUN_GENERATOR_LAG';
const BUSY_CODE = 'RUN_MACHINE_BUSY';
/** Lag of the generator up to this share of the limit cannot decide whether the limit is kept. */
const HARMLESS_LAG_SHARE = 0.05;
/** Records that may be due and not stored yet while the driver counts as up to date, as milliseconds of the rate. */
const DRIVER_DELAY_MS = 1_000;

export interface MeasuredProbe {
  /** From the due instants: what the objective is about. */
  readonly fromDue: ProbeFigures;
  /** From the actual sends: what the engine alone made of it. */
  readonly fromSent: ProbeFigures;
  readonly generatorLagP99Us: number;
  /** Of the run, the oracle's judgement apart. */
  readonly remarks: readonly Remark[];
}

export interface ProbeJudgement {
  readonly verdict: SustainStep['verdict'];
  readonly reasons: readonly string[];
}

/**
 * Refusals that make a probe void: a clock, samples that do not add up, a machine that others used. A rate that holds on a machine that
 * others used would hold on a free one too, so there only failures are void.
 */
export function voidingRemarks(
  remarks: readonly Remark[],
  verdict: ProbeJudgement['verdict'],
): readonly Remark[] {
  return remarks.filter(
    ({ code, level }) =>
      level === 'invalid' &&
      code !== GENERATOR_LAG_CODE &&
      !DRIVER_CODES.has(code) &&
      !(code === BUSY_CODE && verdict === 'holds'),
  );
}

/**
 * Says of a probe whether its rate holds; whether it may be believed, `voidingRemarks` says. A generator that sent late is forgiven nothing: latencies count from the due instants, so a
 * rate that keeps the objective in spite of it holds. Where it does not, the lateness is to blame only if the engine kept the
 * objective from the actual sends on; an engine that could not keep up with fewer records would not have with more.
 */
export function judgeProbe(probe: MeasuredProbe, slo: Slo): ProbeJudgement {
  const driver = probe.remarks.filter(({ code, level }) => level === 'invalid' && DRIVER_CODES.has(code));
  if (driver.length > 0) return { verdict: 'driver', reasons: driver.map(({ message }) => message) };
  const reasons = reasonsAgainst(probe.fromDue, slo);
  if (reasons.length === 0) return { verdict: 'holds', reasons };
  const lateUs = probe.generatorLagP99Us;
  const sentLate = lateUs > HARMLESS_LAG_SHARE * slo.limitMs * 1_000;
  if (sentLate && reasonsAgainst(probe.fromSent, slo).length === 0) {
    const late = `replay sent late: p99 ${(lateUs / 1_000).toFixed(1)} ms`;
    return { verdict: 'driver', reasons: [late, ...reasons] };
  }
  return { verdict: 'fails', reasons };
}

/**
 * Says whose failure it was that a probe had to be broken off: the driver's where the input topic lacked more than a second's worth of what was due.
 *
 * @param reason why it was broken off
 * @param due records due by then, @param stored records in the input topic
 */
export function judgeBrokenOff(
  reason: string,
  due: number,
  stored: number,
  ratePerSecond: number,
): ProbeJudgement {
  if (due - stored <= (ratePerSecond * DRIVER_DELAY_MS) / 1_000)
    return { verdict: 'fails', reasons: [reason] };
  return {
    verdict: 'driver',
    reasons: [`${Math.round(stored)} of ${Math.round(due)} due records were stored`, reason],
  };
}
