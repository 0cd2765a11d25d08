import { type Scale, short } from '../charts/index.ts';
import { html, type Markup } from '../markup/index.ts';
import type { Mark } from '../model/index.ts';
import { significant } from '../numbers/index.ts';
import { sample } from './legend.ts';

/** Checkpoints and batches: what the engine does by its own plan. */
export function plannedMarks(marks: readonly Mark[]) {
  return marks.filter((mark) => mark.kind !== 'gc-pause');
}

const gcPauses = (marks: readonly Mark[]) => marks.filter(({ kind }) => kind === 'gc-pause');

/** Pauses of the garbage collector as triangles just below a panel, apart from the strokes of checkpoints and batches in it; null without any. */
export function gcRug(marks: readonly Mark[], x: Scale, bottom: number): Markup | null {
  let from = 0;
  const triangles = gcPauses(marks).map(({ atMs }, i) => {
    // Whole units: a triangle is four wide, and a page has many of them.
    const at = Math.round(x.position(atMs));
    const move = i === 0 ? `M${at} ${short(bottom + 2)}` : `m${at - from} 0`;
    from = at;
    return `${move}l2 5h-4z`;
  });
  return triangles.length === 0
    ? null
    : html`<path class="gc" fill="currentColor" d="${triangles.join('')}"/>`;
}

/** What strokes and triangles mean, as far as there are any. */
export function marksLegend(style: string, marks: readonly Mark[]): readonly (Markup | null)[] {
  const [planned] = plannedMarks(marks);
  return [
    planned === undefined ? null : html`${sample(style, 'rug')} start of a ${planned.kind}`,
    gcPauses(marks).length === 0 ? null : html`${sample(style, 'gc')} GC pause of 2 ms or longer`,
  ];
}

/** The marks in words, for those who do not see them. */
export function describeMarks(marks: readonly Mark[]): string {
  const [planned] = plannedMarks(marks);
  const pauses = gcPauses(marks);
  const count =
    planned === undefined ? '' : ` Marked: ${plannedMarks(marks).length} ${PLURALS[planned.kind]}.`;
  return pauses.length === 0
    ? count
    : `${count} ${pauses.length} GC pauses of 2 ms or longer, the longest ${longest(pauses)} ms.`;
}

/** A column of the table behind a chart over time: what began from one instant until before another, both milliseconds. */
interface MarkColumn {
  readonly header: string;
  readonly cell: (fromMs: number, toMs: number) => string;
}

/** Columns for the marks that a run has. How many checkpoints or batches there were, the description says: they come at even intervals. */
export function markColumns(marks: readonly Mark[]): readonly MarkColumn[] {
  const pauses = gcPauses(marks);
  const within = (fromMs: number, toMs: number) => pauses.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  return pauses.length === 0
    ? []
    : [{ header: 'longest GC pause, ms', cell: (fromMs, toMs) => longest(within(fromMs, toMs)) }];
}

const PLURALS = { checkpoint: 'checkpoints', batch: 'batches' } as const;

const longest = (pauses: readonly Mark[]) =>
  pauses.length === 0 ? '–' : significant(Math.max(...pauses.map(({ durationMs }) => durationMs)));
