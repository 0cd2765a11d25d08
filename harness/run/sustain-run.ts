import type { Remark, SustainRun } from '../../reports/model/index.ts';
import { searchErrors, searchSustainable } from '../search/index.ts';
import type { RunContext } from './context.ts';
import type { CellPlan } from './plan.ts';
import type { ScheduledBase } from './schedule-run.ts';
import { SUSTAIN_DEFAULTS, type SustainPlan } from './sustain-plan.ts';
import { SearchStopped, SustainProbing } from './sustain-probing.ts';
import { describeBracket } from './sustain-text.ts';
import { sumOfVerifications } from './verification-sum.ts';

/** Jet's benchmarks quote 80 % of the highest rate; at the edge alone every engine looks bad. */
const CURVE_SHARES = [0.2, 0.5, 0.8, 0.95] as const;

type Figures = NonNullable<SustainRun['figures']>;

/**
 * The highest rate that keeps the objective, with its bracket, and the latency at shares of it. Every probe is a run of its own; the oracle
 * judges each, and one wrong output refuses the whole. Log, cost and driver are those of the last probe at the answer.
 */
export async function sustainRun(context: RunContext, cell: CellPlan, runId: string): Promise<SustainRun> {
  const startedAt = new Date();
  const plan = cell.sustain ?? SUSTAIN_DEFAULTS;
  const probing = new SustainProbing(context, cell, plan, runId);
  const described = (
    base: ScheduledBase,
    verdict: Pick<SustainRun, 'outcome' | 'remarks' | 'figures'>,
  ): SustainRun => ({
    ...base,
    ...verdict,
    runId,
    kind: 'sustain',
    startedAt: startedAt.toISOString(),
    wallMs: Date.now() - startedAt.getTime(),
    verification: sumOfVerifications(probing.verifications),
  });
  try {
    const figures = await search(probing, plan, context.progress);
    const base = probing.baseAt(figures.sustainablePerSecond);
    if (base === undefined) throw searchErrors.error('SUSTAIN_NONE_COMPLETE');
    const remarks = [...remarksOf(figures, plan), ...marksOfAnswer(figures, base)];
    const invalid = remarks.some(({ level }) => level === 'invalid');
    return described(base, { outcome: invalid ? 'invalid' : 'passed', remarks, figures });
  } catch (error) {
    if (!(error instanceof SearchStopped)) throw error;
    const { outcome, remarks } = error.base;
    return described(error.base, { outcome, remarks, figures: null });
  }
}

async function search(
  probing: SustainProbing,
  plan: SustainPlan,
  progress: (text: string) => void,
): Promise<Figures> {
  const { slo, confirmations } = plan;
  const found = await searchSustainable((rate, purpose) => probing.step(rate, purpose), plan);
  const { steps, ...answer } = found;
  const figures: Figures = { slo: { ...slo }, ...answer, confirmations, steps: [...steps], curve: [] };
  progress(describeBracket(figures));
  if (figures.sustainablePerSecond === null || !plan.curve) return figures;
  for (const share of CURVE_SHARES) {
    const point = await probing.curvePoint(figures.sustainablePerSecond, share);
    if (point !== null) figures.curve.push(point);
  }
  return figures;
}

/** What the reader must know of the answer: no answer is a finding where it is the engine's, and a refusal otherwise. */
function remarksOf({ sustainablePerSecond, limitedBy, steps }: Figures, plan: SustainPlan): Remark[] {
  const isAnswered = sustainablePerSecond !== null;
  switch (limitedBy) {
    case 'engine':
      return isAnswered ? [] : [remark('SUSTAIN_NONE_HOLDS', { lowestPerSecond: plan.lowest })];
    case 'driver':
      return [remark(isAnswered ? 'SUSTAIN_DRIVER_BOUND' : 'SUSTAIN_DRIVER_FAILED', {})];
    case 'probes':
      return isAnswered ? [] : [remark('SUSTAIN_PROBES_SPENT', { probes: steps.length })];
    case 'range':
      return [];
    default:
      return limitedBy satisfies never;
  }
}

/** What was said of the last probe at the answer: its verdict has taken it into account. */
function marksOfAnswer({ sustainablePerSecond }: Figures, base: ScheduledBase): Remark[] {
  return sustainablePerSecond === null ? [] : base.remarks.map((mark) => ({ ...mark, level: 'warning' }));
}

function remark(
  code: Parameters<typeof searchErrors.error>[0],
  details: Readonly<Record<string, number>>,
): Remark {
  const { message, hint, exit } = searchErrors.error(code, details);
  return { code, message: `${message} ${hint}`, level: exit === 'invalid' ? 'invalid' : 'warning' };
}
