import { type Advice, advise, type Objective } from '../../reports/advice/index.ts';
import type { Verification } from '../../reports/advice-wording/index.ts';
import { evidenceOf } from '../../reports/evidence/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { ENGINE_FACTS } from './answer.ts';

/**
 * Holds fresh runs of the advised configurations against the objective, with no other evidence: what confirms an advice is not what it was
 * made of.
 *
 * @param file where the result is kept
 */
export function verificationOf(objective: Objective, result: Result, file: string): Verification {
  const advice = advise(objective, evidenceOf([{ file, result }]), ENGINE_FACTS);
  const runs = result.cells.flatMap((cell) => cell.runs);
  const isRefused = runs.every(({ outcome }) => outcome !== 'passed');
  return { outcome: isRefused ? 'refused' : outcomeOf(advice), file, advice };
}

function outcomeOf(advice: Advice): Verification['outcome'] {
  switch (advice.kind) {
    case 'recommended':
    case 'either':
      return 'confirmed';
    case 'none-meets':
    case 'no-evidence': {
      const isMissed = advice.rejected.map(({ checks }) =>
        checks.some((check) => check.status === 'missed' && check.surely),
      );
      return isMissed.length > 0 && isMissed.every(Boolean) ? 'withdrawn' : 'open';
    }
  }
}
