import { alignTable, type Paint, type TextCell, type TextColumn } from '../../reports/text/index.ts';
import { KILL_PHASES } from './kill-phase.ts';
import type { SoakCell, SoakResult } from './soak-result.ts';

const BAR = '█';
const MOST_BARS = 40;

const COLUMNS: readonly TextColumn[] = [
  { header: ['workload'], align: 'left' },
  { header: ['guarantee'], align: 'left' },
  { header: ['kills'], align: 'right' },
  { header: ['recov-', 'eries'], align: 'right' },
  { header: ['in', 'restarts'], align: 'right' },
  { header: ['checkpoints', 'completed'], align: 'right' },
  { header: ['failed'], align: 'right' },
  { header: ['records', 'compared'], align: 'right' },
  { header: ['lost'], align: 'right' },
  { header: ['dupli-', 'cated'], align: 'right' },
  { header: ['differ-', 'ent'], align: 'right' },
  { header: ['longest from a', 'kill to a commit'], align: 'right' },
  { header: ['to a new', 'output'], align: 'right' },
  { header: ['verdict'], align: 'left' },
];

/** The table, what the kills fell into, and of a run that did not end well what is needed to see why. */
export function renderSoak(result: SoakResult, { colour }: { readonly colour: boolean }): string {
  const { cells } = result;
  const several = new Set(cells.map(({ engine, profile }) => `${engine} ${profile}`)).size > 1;
  const table = alignTable(
    COLUMNS,
    cells.map((cell) => rowOf(cell, several)),
    colour,
  );
  return [
    ...table,
    '',
    ...histogram(cells),
    ...cells.flatMap((cell) => explanation(cell, result)),
    ...(result.status === 'interrupted' ? ['interrupted: what is above is what was done'] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function rowOf(cell: SoakCell, several: boolean): TextCell[] {
  const { deviations, outcome } = cell;
  const plain = (value: string | number): TextCell => ({ text: String(value), paint: 'plain' });
  const zero = (value: number | undefined, isAllowed = false): TextCell => ({
    text: value === undefined ? '–' : whole(value),
    paint: value === undefined || value === 0 || isAllowed ? 'plain' : 'bad',
  });
  const profile = cell.profile === 'default' ? '' : ` (${cell.profile})`;
  return [
    plain(several ? `${cell.workload}, ${cell.engine}${profile}` : cell.workload),
    plain(cell.guarantee),
    plain(
      cell.kills.length === cell.plannedKills
        ? cell.plannedKills
        : `${cell.kills.length} of ${cell.plannedKills}`,
    ),
    plain(cell.recoveries),
    plain(cell.killsInRestarts),
    plain(whole(cell.checkpointsCompleted)),
    plain(cell.checkpointsFailed),
    plain(deviations === null ? '–' : whole(deviations.compared)),
    zero(deviations?.lost),
    zero(deviations?.duplicated, cell.guarantee === 'at-least-once'),
    zero(deviations === null ? undefined : deviations.different + deviations.disordered),
    plain(longest(cell.kills.map(({ committedMs }) => committedMs))),
    plain(longest(cell.kills.map(({ outputMs }) => outputMs))),
    { text: outcome, paint: PAINT_OF[outcome] },
  ];
}

const PAINT_OF: Readonly<Record<SoakCell['outcome'], Paint>> = {
  kept: 'good',
  broken: 'bad',
  failed: 'bad',
  interrupted: 'warn',
};

/** Of those that came at all. */
function longest(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? '–' : seconds(Math.max(...known));
}

function histogram(cells: readonly SoakCell[]): string[] {
  const kills = cells.flatMap((cell) => cell.kills);
  if (kills.length === 0) return [];
  const counts = KILL_PHASES.map((phase) => kills.filter((kill) => kill.phase === phase).length);
  const scale = Math.min(1, MOST_BARS / Math.max(...counts));
  const lines = KILL_PHASES.map((phase, index) => {
    const count = counts[index] as number;
    const bars = BAR.repeat(Math.ceil(count * scale));
    return `  ${phase.padEnd(13)}  ${String(count).padStart(4)}  ${bars}`.trimEnd();
  });
  const late = cells.reduce((total, cell) => total + killsAfterLog(cell), 0);
  const note = late > 0 ? [`  ${late} of them after the log had ended: give more --events`] : [];
  return ['What the kills fell into:', ...lines, ...note];
}

/** Such a kill hits an engine that works off what is left, or has nothing to do. */
function killsAfterLog({ kills, log, ratePerSecond }: SoakCell): number {
  const endMs = ((log?.records ?? 0) * 1_000) / ratePerSecond;
  return kills.filter(({ atMs }) => atMs > endMs).length;
}

function explanation(cell: SoakCell, { seed }: SoakResult): string[] {
  if (cell.outcome === 'kept' || cell.outcome === 'interrupted') return [];
  const { workload, engine, guarantee, deviations, oracle, error } = cell;
  const kills = cell.kills.map(({ atMs, phase }) => `${(atMs / 1_000).toFixed(3)} s (${phase})`);
  return [
    '',
    `${workload}, ${engine}, ${guarantee}: ${cell.outcome}`,
    ...(error === null ? [] : [`  ${error.code}: ${error.message}`]),
    ...(deviations?.examples ?? []).map((example) => `  ${printable(example)}`),
    ...(oracle?.reasons ?? []).map((reason) => `  by the oracle: ${printable(reason)}`),
    ...(cell.firstWrongAfterKills === null
      ? []
      : [`  a wrong output was first seen after kill ${cell.firstWrongAfterKills}`]),
    ...(kills.length === 0 ? [] : [`  kills at ${kills.join(', ')}`]),
    `  again: the same command with --seed ${seed} --workload ${workload} --engine ${engine} --guarantee ${guarantee}`,
  ];
}

const WHOLE = new Intl.NumberFormat('en');
const whole = (count: number): string => WHOLE.format(count);
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;

/** A record may hold anything, and none of it may act on the terminal. */
function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
