import { stripVTControlCharacters } from 'node:util';
import type { LiveFigures } from '../../run/index.ts';
import type { LiveState } from './live-state.ts';

/** What one look at a session saw. */
export interface LiveSight {
  readonly state: Omit<LiveState, 'look'>;
  readonly nowMs: number;
  /** The newest figures, and older ones of the same run that rates are taken over; none before there are any. */
  readonly figures: LiveFigures | null;
  readonly before: LiveFigures | null;
}

/** How lines are to look. */
export interface LiveStyle {
  /** Of the terminal; each line stays below it, so that none wraps. */
  readonly columns: number;
  readonly colour: boolean;
}

/** One or two lines, without line ends: phase, its time and what runs; rates, latency, lag and kills. */
export function liveLines({ state, nowMs, figures, before }: LiveSight, style: LiveStyle): string[] {
  const { phase, phaseSinceMs, plannedMs, title, kills } = state;
  const planned = plannedMs === null ? '' : ` of ${wholeSeconds(plannedMs)}`;
  const parts = figures === null ? [] : partsOf(figures, before);
  if (kills !== null) parts.push(`kills ${kills.sent} of ${kills.planned}`);
  const head = `${phase} ${wholeSeconds(nowMs - phaseSinceMs)}${planned}`;
  const lines = [`${head}  ${title}`, ...(parts.length === 0 ? [] : [parts.join('  ')])].map((line) =>
    cut(plain(line), style.columns - 1),
  );
  if (!style.colour) return lines;
  return lines.map((line, index) =>
    index === 0 ? `\u001b[1m${line.slice(0, head.length)}\u001b[22m${line.slice(head.length)}` : line,
  );
}

/** Cells that a text takes at most: whatever is not ASCII is taken for wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) width += isNarrow(character) ? 1 : 2;
  return width;
}

const isNarrow = (character: string): boolean => character >= ' ' && character <= '~';

/** A workload's path may hold anything; nothing of it may move the cursor. */
const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(/\p{C}/gu, ' ');

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let left = width - 3;
  for (const character of text) {
    left -= isNarrow(character) ? 1 : 2;
    if (left < 0) break;
    kept += character;
  }
  return `${kept}...`.slice(0, Math.max(0, width));
}

function partsOf(figures: LiveFigures, before: LiveFigures | null): string[] {
  switch (figures.kind) {
    case 'play': {
      const { elapsedMs, due, acknowledged, seconds } = figures;
      const older = before?.kind === 'play' ? before : { elapsedMs: 0, due: 0, acknowledged: 0 };
      const spanMs = elapsedMs - older.elapsedMs;
      const whole = seconds.findLast(({ expected, samples }) => expected > 0 && samples >= expected);
      const unseen = seconds.reduce((total, { second, expected, samples }) => {
        // Of the second that is under way only so much is due.
        const share = Math.min(1, Math.max(0, elapsedMs / 1_000 - second));
        return total + Math.max(0, Math.round(expected * share) - samples);
      }, 0);
      return [
        `offered ${rate(due - older.due, spanMs)}`,
        `held ${rate(acknowledged - older.acknowledged, spanMs)}`,
        `p50 ${latency(whole?.p50Us)}`,
        `p99 ${latency(whole?.p99Us)}${whole === undefined ? '' : ` (second ${whole.second})`}`,
        `lag ${grouped(unseen)}`,
      ];
    }
    case 'drain': {
      const { elapsedMs, committed, total } = figures;
      const older = before?.kind === 'drain' ? before : { elapsedMs: 0, committed: 0 };
      return [
        `drained ${Math.floor((100 * committed) / Math.max(1, total))} %`,
        `rate ${rate(committed - older.committed, elapsedMs - older.elapsedMs)}`,
        `lag ${grouped(Math.max(0, total - committed))}`,
      ];
    }
    default:
      return figures satisfies never;
  }
}

function rate(records: number, spanMs: number): string {
  return spanMs <= 0 ? '-' : `${grouped(Math.max(0, (records * 1_000) / spanMs))}/s`;
}

function latency(us: number | null | undefined): string {
  if (us === null || us === undefined) return '-';
  return us < 1e6 ? `${Number((us / 1e3).toPrecision(3))} ms` : `${Number((us / 1e6).toPrecision(3))} s`;
}

const grouped = (value: number): string => Math.round(value).toLocaleString('en-US');

const wholeSeconds = (ms: number): string => `${Math.max(0, Math.round(ms / 1_000))} s`;
