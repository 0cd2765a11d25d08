import { cleanText } from '../markup/index.ts';
import type { Cell, Remark, Result, Run } from '../model/index.ts';
import { floorSentence, isSound } from './floor-sentence.ts';
import { noiseSentences } from './noise.ts';

/** The closing lines of every report: what was checked, and what the figures do not show. */
export interface Summary {
  /** `6 cells, 24 runs: all oracles passed` */
  readonly verdict: string;
  readonly passed: boolean;
  /** What limits the figures, most important first; sentences. */
  readonly limits: readonly string[];
  /** Warnings of runs, and refusals of floors and points of curves, each code once: level, code, message, number of places. */
  readonly remarks: readonly string[];
}

/** Counts what ran and what passed. A cell is a workload x engine x profile x variables; its guarantees are runs of the same cell. */
export function summaryOf(result: Result): Summary {
  if (result.cells.length === 0 && result.floors.length > 0) return summaryOfFloors(result);
  const cells = new Set(
    result.cells.map((cell) =>
      JSON.stringify([cell.workload, cell.engine, cell.profile, Object.entries(cell.variables).sort()]),
    ),
  ).size;
  const runs = result.cells.flatMap((cell) => cell.runs);
  const attempts = result.cells.flatMap(refusedAttempts);
  const counted = runs.filter((run) => !attempts.includes(run));
  const oraclePassed = counted.filter((run) => run.verification?.passed === true).length;
  const oracleFailed = counted.filter((run) => run.verification?.passed === false).length;
  const refused = counted.filter((run) => run.outcome !== 'passed');
  const passed = counted.length > 0 && oraclePassed === counted.length && refused.length === 0;
  const parts = [
    oraclePassed === counted.length && counted.length > 0
      ? 'all oracles passed'
      : [
          `${oraclePassed} oracles passed`,
          oracleFailed > 0 ? `${oracleFailed} failed` : null,
          counted.length > oraclePassed + oracleFailed
            ? `${plural(counted.length - oraclePassed - oracleFailed, 'run')} not checked`
            : null,
        ]
          .filter((part) => part !== null)
          .join(', '),
    refused.length > 0 ? `${plural(refused.length, 'run')} without figures${codesOf(refused)}` : null,
    attempts.length > 0 ? `${plural(attempts.length, 'refused attempt')}${codesOf(attempts)}` : null,
  ].filter((part) => part !== null);
  return {
    verdict: `${plural(cells, 'cell')}, ${plural(counted.length, 'run')}: ${parts.join('; ')}`,
    passed,
    limits: [...limitsOf(result), ...noiseSentences(result)],
    remarks: remarksOf(result),
  };
}

/** A result without engines: the floors are all there is to say. */
function summaryOfFloors(result: Result): Summary {
  const sound = result.floors.filter(isSound).length;
  const floors = plural(result.floors.length, 'floor');
  return {
    verdict: `${floors}, no engine: ${sound === result.floors.length ? 'all valid' : `${sound} valid`}`,
    passed: sound === result.floors.length,
    limits: [
      ...result.floors.map((floor) => cleanText(`${floor.workload}, ${floorSentence(floor)}`)),
      ...limitsOf(result),
    ],
    remarks: remarksOf(result),
  };
}

/** Runs of a cell that were refused while others of the same kind passed: the cell has its figures without them. */
function refusedAttempts(cell: Cell): readonly Run[] {
  const passed = new Set(cell.runs.filter((run) => run.outcome === 'passed').map((run) => run.kind));
  return cell.runs.filter(
    (run) => (run.outcome === 'invalid' || run.outcome === 'failed') && passed.has(run.kind),
  );
}

/** The codes of refused runs with their counts: ` (RUN_X 2, RUN_Y 1)`. */
function codesOf(refused: readonly Run[]): string {
  const codes = new Map<string, number>();
  for (const run of refused) {
    const invalid = run.remarks.filter((remark) => remark.level === 'invalid');
    for (const { code } of invalid) codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  if (codes.size === 0) return '';
  return ` (${[...codes].map(([code, count]) => cleanText(`${code} ${count}`, 60)).join(', ')})`;
}

function remarksOf(result: Result): readonly string[] {
  const remarks: readonly Remark[] = [
    ...result.floors.flatMap((floor) => floor.remarks),
    ...result.cells
      .flatMap((cell) => cell.runs)
      .flatMap((run) => [
        ...run.remarks.filter(({ level }) => level === 'warning'),
        ...(run.kind === 'sustain' ? (run.figures?.curve ?? []).flatMap((point) => point.remarks) : []),
      ]),
  ];
  const byCode = new Map<string, string[]>();
  for (const { level, code, message } of remarks) {
    const key = `${level === 'invalid' ? 'refused' : 'warning'} ${code}`;
    byCode.set(key, [...(byCode.get(key) ?? []), message]);
  }
  return [...byCode].map(([key, messages]) => {
    const more = messages.length > 1 ? ` (${messages.length} times)` : '';
    return cleanText(`${key}${more}: ${messages[0]}`);
  });
}

function limitsOf(result: Result): readonly string[] {
  const limits: string[] = [];
  if (!result.broker.comparable) {
    limits.push('No broker: these figures are not comparable with Kafka runs.');
  }
  if (result.status === 'interrupted') {
    limits.push('The benchmark was interrupted: what is here is complete, the rest was not run.');
  }
  const hasLatency = result.cells.some((cell) => cell.runs.some((run) => run.kind === 'latency'));
  if (result.floors.length === 0 && hasLatency) {
    limits.push(
      'No floor was measured: what generator, broker and observer take of these latencies is not shown.',
    );
  }
  const passed = result.cells.flatMap((cell) =>
    (['latency', 'drain', 'recovery', 'sustain'] as const).map(
      (kind) => cell.runs.filter((run) => run.kind === kind && run.outcome === 'passed').length,
    ),
  );
  const counts = passed.filter((count) => count > 0);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (counts.length === 0 || most <= 1) {
    limits.push('One run each: no interval. How far a repetition would differ is not shown.');
  } else if (fewest <= 1) {
    limits.push(`One to ${most} runs each: where there is one, there is no interval.`);
  }
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
