import {
  CLAIMS,
  type ClaimEvidence,
  judge,
  LEDGER_KIND,
  type Ledger,
  type PairName,
} from '../../reports/claims/index.ts';
import { evidenceOf, type Ground } from '../../reports/evidence/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { pipelineNamed } from '../run/index.ts';
import type { FoundExperiment } from './find-results.ts';

/**
 * Judges every claim by what was found. Pure: equal results at equal times make equal ledgers.
 *
 * @param real whether the real systems were asked; where results of them were found they are judged too
 * @param remarks to begin with
 */
export function ledgerOf(
  found: readonly FoundExperiment[],
  facts: Pick<Ledger, 'createdAt' | 'tool'> & { readonly real: boolean; readonly remarks: readonly string[] },
): Ledger {
  const { createdAt, tool, remarks } = facts;
  const { grounds } = evidenceOf(found.map((each) => ({ file: fileOf(each), result: each.result })));
  const hasReal = facts.real || found.some(({ pair }) => pair === 'real');
  return {
    kind: LEDGER_KIND,
    schemaVersion: 1,
    createdAt,
    tool,
    machine: [...new Set(grounds.map(({ machine }) => machine))].join('; ') || 'nothing was measured',
    experiments: found.map(rowOf),
    remarks: [...remarks, ...limitsOf(found, grounds), ...found.flatMap(flawsOf)],
    entries: judge(CLAIMS, {
      embedded: claimEvidence(found, 'embedded'),
      real: hasReal ? claimEvidence(found, 'real') : null,
    }),
  };
}

const fileOf = ({ pair, experiment }: FoundExperiment): string => `${pair}/${experiment.name}/result.json`;

function claimEvidence(found: readonly FoundExperiment[], pair: PairName): ClaimEvidence {
  const byName = new Map(
    found
      .filter((each) => each.pair === pair)
      .map((each) => {
        const { result } = each;
        return [each.experiment.name, { result, evidence: evidenceOf([{ file: fileOf(each), result }]) }];
      }),
  );
  return {
    experiment: (name) => byName.get(name) ?? null,
    capabilitiesOf: (engine) => pipelineNamed(engine).capabilities,
  };
}

function rowOf({ experiment, pair, result, standing }: FoundExperiment): Ledger['experiments'][number] {
  const outcomes = result.cells.flatMap(({ runs }) => runs.map(({ outcome }) => outcome));
  const passedRuns = outcomes.filter((outcome) => outcome === 'passed').length;
  const wrongRuns = outcomes.filter((outcome) => outcome === 'oracle-failed').length;
  return {
    name: experiment.name,
    pair,
    createdAt: result.createdAt,
    passedRuns,
    wrongRuns,
    refusedRuns: outcomes.length - passedRuns - wrongRuns,
    runsLeft: standing.runsLeft,
  };
}

/** What is wrong with one result. */
function flawsOf({ experiment, pair, result, standing }: FoundExperiment): readonly string[] {
  const name = `${pair}/${experiment.name}`;
  const runs = result.cells.flatMap((cell) => cell.runs);
  const wrong = runs.filter(({ outcome }) => outcome === 'oracle-failed');
  const refused = runs.filter(({ outcome }) => outcome === 'invalid' || outcome === 'failed');
  const invalid = refused.flatMap(({ remarks }) => remarks.filter(({ level }) => level === 'invalid'));
  const codes = [...new Set(invalid.map(({ code }) => code))];
  const flaws: string[] = [];
  if (standing.runsLeft > 0) flaws.push(`${name} is not complete; runs left: ${standing.runsLeft}.`);
  if (wrong.length > 0)
    flaws.push(`${name} has wrong outputs; runs with them, which give no figure: ${wrong.length}.`);
  if (refused.length > 0) {
    flaws.push(
      `${name}: refused or failed runs, which give no figure: ${refused.length} (${codes.join(', ')}).`,
    );
  }
  return flaws;
}

function limitsOf(found: readonly FoundExperiment[], grounds: readonly Ground[]): readonly string[] {
  const limits: string[] = [];
  if (grounds.length > 1) {
    const told = grounds.map(
      ({ machine, broker, toolVersion }) => `${machine} with ${broker} and version ${toolVersion}`,
    );
    limits.push(
      `The results are of ${grounds.length} kinds, and a claim may rest on several: ${told.join('; ')}.`,
    );
  }
  const commits = new Set(found.map(({ result: { tool } }) => commitOf(tool)));
  if (commits.size > 1)
    limits.push(`The results were measured by several commits: ${[...commits].join(', ')}.`);
  if (found.some(({ result }) => !result.broker.comparable)) {
    limits.push('Some results were measured without Kafka, on a log in memory.');
  }
  return limits;
}

const commitOf = ({ gitCommit, gitDirty }: Result['tool']): string =>
  `${gitCommit?.slice(0, 12) ?? 'unknown'}${gitDirty ? ' with changes' : ''}`;
