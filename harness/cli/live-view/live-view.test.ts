import { describe, expect, test } from 'vitest';
import type { LiveEvent } from '../../run/index.ts';
import { LiveView, showsLive } from './live-view.ts';

/** A terminal of so many columns that keeps what stands on it; knows the sequences that the view may use and no others. */
class FakeTerminal {
  columns = 60;
  cursorShown = true;
  nowMs = 0;
  ticks = new Set<() => void>();
  #rows: string[] = [''];
  #row = 0;
  #column = 0;

  readonly view = new LiveView({
    write: (text) => this.write(text),
    columns: () => this.columns,
    colour: false,
    nowMs: () => this.nowMs,
    every: (_intervalMs, tick) => {
      this.ticks.add(tick);
      return () => void this.ticks.delete(tick);
    },
  });

  pass(ms: number): void {
    this.nowMs += ms;
    for (const tick of this.ticks) tick();
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal is told with
    for (const [token] of text.matchAll(/\u001b\[[?\d]*[A-Za-z]|[\s\S]/g)) this.#take(token);
  }

  #take(token: string): void {
    if (token.endsWith('A') && token.length > 1) this.#row -= Number(token.slice(2, -1));
    else if (token === '\u001b[?25l') this.cursorShown = false;
    else if (token === '\u001b[?25h') this.cursorShown = true;
    else if (token === '\u001b[J') {
      this.#rows.length = this.#row + 1;
      this.#rows[this.#row] = this.#current().slice(0, this.#column);
    } else if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#nextRow();
    else if (token.length > 1) throw new Error(`an unknown sequence: ${JSON.stringify(token)}`);
    else {
      if (this.#column === this.columns) this.#nextRow();
      this.#rows[this.#row] = this.#current().slice(0, this.#column) + token;
      this.#column += 1;
    }
  }

  #current(): string {
    return this.#rows[this.#row] as string;
  }

  #nextRow(): void {
    this.#row += 1;
    this.#column = 0;
    this.#rows[this.#row] ??= '';
  }

  /** As terminals do: rows that are too long now wrap, and the cursor moves with its row. */
  narrow(columns: number): void {
    this.columns = columns;
    const pieces = new RegExp(`.{1,${columns}}`, 'g');
    this.#rows = this.#rows.flatMap((row) => row.match(pieces) ?? ['']);
    this.#row = this.#rows.length - 1;
    this.#column = this.#current().length;
  }

  shown(): string[] {
    return this.#rows;
  }
}

const begun = { kind: 'begun', title: 'merchant-spend' } as const;
const draining = { kind: 'phase', phase: 'draining', plannedMs: null } as const;
const figures = (committed: () => number): LiveEvent => ({
  kind: 'figures',
  look: () => ({ kind: 'drain', elapsedMs: 1_000, committed: committed(), total: 100 }),
});

test('is rewritten in place, below the ordinary lines, and is gone at the end with the cursor back', () => {
  const terminal = new FakeTerminal();
  const { view } = terminal;
  terminal.write('first\n');
  view.hear(begun);
  expect(terminal.shown()).toEqual(['first', 'starting 0 s  merchant-spend']);
  expect(terminal.cursorShown).toBe(false);
  view.hear(draining);
  view.hear(figures(() => 40));
  terminal.pass(500);
  terminal.pass(500);
  const two = ['draining 1 s  merchant-spend', expect.stringMatching(/^drained 40 % .* lag 60$/)];
  expect(terminal.shown()).toEqual(['first', ...two]);
  view.above(() => terminal.write('second\n'));
  expect(terminal.shown()).toEqual(['first', 'second', ...two]);
  view.hear({ kind: 'ended' });
  expect(terminal.shown()).toEqual(['first', 'second', '']);
  expect(terminal.cursorShown).toBe(true);
  expect(terminal.ticks.size).toBe(0);
  view.close();
  view.above(() => terminal.write('last\n'));
  expect(terminal.shown()).toEqual(['first', 'second', 'last', '']);
});

test('looks at the figures when its time has come, not for each line or event', () => {
  const terminal = new FakeTerminal();
  const { view } = terminal;
  let looks = 0;
  view.hear(begun);
  view.hear(figures(() => ++looks));
  for (let line = 0; line < 10; line += 1) view.above(() => terminal.write('a line\n'));
  view.hear(draining);
  expect(looks).toBe(0);
  terminal.pass(500);
  terminal.pass(500);
  expect(looks).toBe(2);
});

test('a run that starts shows nothing of the one before, kills neither', () => {
  const terminal = new FakeTerminal();
  const { view } = terminal;
  view.hear(begun);
  view.hear(figures(() => 40));
  view.hear({ kind: 'killed', kills: 1, planned: 3 });
  terminal.pass(500);
  expect(terminal.shown()[1]).toMatch(/kills 1 of 3$/);
  view.hear({ ...begun, title: 'another' });
  terminal.pass(500);
  expect(terminal.shown()).toEqual(['starting 1 s  another']);
});

test('leaves nothing behind in a window that was made narrower', () => {
  const terminal = new FakeTerminal();
  terminal.write('first\n');
  terminal.view.hear({ ...begun, title: 'x'.repeat(100) });
  terminal.narrow(25);
  expect(terminal.shown()).toHaveLength(4);
  terminal.pass(500);
  expect(terminal.shown()).toEqual(['first', expect.stringMatching(/^starting 1 s {2}x+\.{3}$/)]);
});

describe('is shown', () => {
  test.each([
    ['on a terminal', true, { TERM: 'xterm' }, true],
    ['not in a pipe', undefined, { TERM: 'xterm' }, false],
    ['not on CI', true, { TERM: 'xterm', CI: 'true' }, false],
    ['not on a terminal that cannot', true, { TERM: 'dumb' }, false],
  ])('%s', (_name, isTTY, environment, expected) => {
    expect(showsLive(isTTY === undefined ? {} : { isTTY }, environment)).toBe(expected);
  });
});
