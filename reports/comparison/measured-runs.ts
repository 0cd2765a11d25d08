import type { Cell, Run } from '../model/index.ts';

type RunOf<Kind extends Run['kind']> = Extract<Run, { kind: Kind }>;

/** A run that carries figures. */
export type Measured<Kind extends Run['kind']> = RunOf<Kind> & {
  readonly figures: NonNullable<RunOf<Kind>['figures']>;
};

/** All runs of one kind, refused ones too. */
export function runsOf<Kind extends Run['kind']>(cell: Cell, kind: Kind): readonly RunOf<Kind>[] {
  return cell.runs.filter((run): run is RunOf<Kind> => run.kind === kind);
}

/** The runs of one kind that passed and so may show figures. */
export function measuredRuns<Kind extends Run['kind']>(cell: Cell, kind: Kind): readonly Measured<Kind>[] {
  return runsOf(cell, kind).filter(
    (run): run is Measured<Kind> => run.outcome === 'passed' && run.figures !== null,
  );
}
