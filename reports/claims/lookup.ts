import type { Configuration } from '../evidence/index.ts';
import type { Cell } from '../model/index.ts';
import type { ClaimEvidence } from './claim-evidence.ts';
import type { Experiment } from './experiment.ts';

/** What an experiment measured of one engine; nothing where it was not run. */
export function configurationsOf(
  evidence: ClaimEvidence,
  { name }: Experiment,
  engine: Cell['engine'],
): readonly Configuration[] {
  const found = evidence.experiment(name)?.evidence.configurations ?? [];
  return found.filter((configuration) => configuration.engine === engine);
}

/** The cells of one engine in an experiment, for what evidence leaves out; none where it was not run. */
export function cellsOf(
  evidence: ClaimEvidence,
  { name }: Experiment,
  engine: Cell['engine'],
): readonly Cell[] {
  return (evidence.experiment(name)?.result.cells ?? []).filter((cell) => cell.engine === engine);
}

/** The value of a setting in a sheet; null where the engine has no such setting. */
export function settingOf({ settings }: Pick<Cell, 'settings'>, name: string): string | null {
  return settings.find((row) => row.name === name)?.value ?? null;
}

/** Of the experiments of a claim those without a run that passed; all of them where each has one, and the figure that is missing is of another engine or kind. */
export function missingOf(evidence: ClaimEvidence, names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => {
    const runs = (evidence.experiment(name)?.result.cells ?? []).flatMap((cell) => cell.runs);
    return !runs.some(({ outcome }) => outcome === 'passed');
  });
  return missing.length === 0 ? names : missing;
}
