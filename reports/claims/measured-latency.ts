import type { LatencyPoint } from '../evidence/index.ts';
import { whole } from '../numbers/index.ts';
import type { Pair, Side } from './claim.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import type { Experiment } from './experiment.ts';
import type { ClaimFigure } from './finding.ts';
import { spendConfigurations } from './merchant-spend.ts';

/** Which latency of merchant-spend a claim asks for. */
interface LatencyQuestion {
  readonly experiment: Experiment;
  readonly profile: string;
  readonly ratePerSecond: number;
}

const NAMES = { minMs: 'minimum', p50Ms: 'p50', p99Ms: 'p99' } as const;

/** A latency of one side as a figure of a finding, from runs at this very rate; null where none passed. */
export function latencyFigure(
  evidence: ClaimEvidence,
  pair: Pair,
  side: Side,
  pick: keyof typeof NAMES,
  question: LatencyQuestion,
): ClaimFigure | null {
  const estimate = pointOf(evidence, pair[side], question)?.[pick] ?? null;
  if (estimate === null) return null;
  const { experiment, profile, ratePerSecond } = question;
  const label = `${NAMES[pick]}, ${profile}, at ${whole(ratePerSecond)}/s`;
  return { side, engine: pair[side], label, unit: 'ms', estimate, experiment: experiment.name };
}

function pointOf(
  evidence: ClaimEvidence,
  engine: Pair[keyof Pair],
  { experiment, profile, ratePerSecond }: LatencyQuestion,
): LatencyPoint | undefined {
  return spendConfigurations(evidence, experiment, engine, profile)
    .flatMap(({ latencies }) => latencies)
    .find((point) => point.from === 'run' && point.ratePerSecond === ratePerSecond);
}
