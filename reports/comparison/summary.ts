import type { Result } from '../model/index.ts';

/** The closing lines of every report: what was checked, and what the figures do not show. */
export interface Summary {
  /** `6 cells, 24 runs: all oracles passed` */
  readonly verdict: string;
  readonly passed: boolean;
  /** What limits the figures, most important first; sentences. */
  readonly limits: readonly string[];
}

/** Counts what ran and what passed. A cell is a workload x engine x profile; its guarantees are runs of the same cell. */
export function summaryOf(result: Result): Summary {
  const cells = new Set(result.cells.map((cell) => `${cell.workload} ${cell.engine} ${cell.profile}`)).size;
  const runs = result.cells.flatMap((cell) => cell.runs);
  const oraclePassed = runs.filter((run) => run.verification?.passed === true).length;
  const oracleFailed = runs.filter((run) => run.verification?.passed === false).length;
  const refused = runs.filter((run) => run.outcome !== 'passed').length;
  const passed = runs.length > 0 && oraclePassed === runs.length && refused === 0;
  const parts = [
    oraclePassed === runs.length && runs.length > 0
      ? 'all oracles passed'
      : [
          `${oraclePassed} oracles passed`,
          oracleFailed > 0 ? `${oracleFailed} failed` : null,
          runs.length > oraclePassed + oracleFailed
            ? `${plural(runs.length - oraclePassed - oracleFailed, 'run')} not checked`
            : null,
        ]
          .filter((part) => part !== null)
          .join(', '),
    refused > 0 ? `${plural(refused, 'run')} without figures` : null,
  ].filter((part) => part !== null);
  return {
    verdict: `${plural(cells, 'cell')}, ${plural(runs.length, 'run')}: ${parts.join('; ')}`,
    passed,
    limits: limitsOf(result),
  };
}

function limitsOf(result: Result): readonly string[] {
  const limits: string[] = [];
  if (!result.broker.comparable) {
    limits.push('No broker: these figures are not comparable with Kafka runs.');
  }
  if (result.status === 'interrupted') {
    limits.push('The benchmark was interrupted: what is here is complete, the rest was not run.');
  }
  const perKind = result.cells.flatMap((cell) =>
    (['latency', 'drain', 'recovery'] as const).map(
      (kind) => cell.runs.filter((run) => run.kind === kind).length,
    ),
  );
  const most = Math.max(0, ...perKind);
  limits.push(
    most <= 1
      ? 'One run each: no interval. How far a repetition would differ is not shown.'
      : `Up to ${most} runs each, pooled: no interval is computed. How far a repetition would differ is not shown.`,
  );
  const kills = result.cells
    .flatMap((cell) => cell.runs)
    .map((run) => (run.kind === 'recovery' ? (run.figures?.kills.length ?? 0) : 0));
  const mostKills = Math.max(0, ...kills);
  if (mostKills > 0 && mostKills < 10) {
    limits.push(
      `Recovery rests on ${mostKills === 1 ? 'one kill' : `at most ${mostKills} kills`} a run; it depends on where in the checkpoint or batch interval a kill falls.`,
    );
  }
  limits.push(
    'Engines, broker and harness share one machine: the figures compare, they do not size a cluster.',
  );
  return limits;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
