import type { LiveEvent, LiveFigures } from '../../run/index.ts';
import { liveLines, widthOf } from './live-lines.ts';
import { type LiveState, stateAfter } from './live-state.ts';

/** Where a view is written: a terminal. */
interface LiveScreen {
  readonly write: (text: string) => void;
  /** Read at each painting, as the window may have changed. */
  readonly columns: () => number;
  readonly colour: boolean;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** Calls at an interval until the returned function is called. */
  readonly every: (intervalMs: number, tick: () => void) => () => void;
}

/** Whether a view may be rewritten in place there: a terminal that can, and a person before it. */
export function showsLive(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !environment.CI && environment.TERM !== 'dumb';
}

const PAINT_INTERVAL_MS = 500;
/** Rates are taken over so many paintings. */
const RATE_SPAN = 4;

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const ERASE_BELOW = '\u001b[J';

/**
 * One or two lines at the bottom of a terminal, rewritten in place twice a second while a session is under way. Figures are looked at as
 * often and no oftener. Whatever else is written to the terminal goes through `above`.
 */
export class LiveView {
  readonly #screen: LiveScreen;
  #state: LiveState | null = null;
  #history: LiveFigures[] = [];
  #lines: readonly string[] = [];
  #painted: readonly string[] = [];
  #stopTicking: (() => void) | null = null;

  constructor(screen: LiveScreen) {
    this.#screen = screen;
  }

  /** Takes in what a session tells; the first event shows the view, `ended` takes it away. */
  readonly hear = (event: LiveEvent): void => {
    const before = this.#state;
    this.#state = stateAfter(before, event, this.#screen.nowMs());
    if (this.#state === null) {
      this.close();
      return;
    }
    if (this.#state.look !== before?.look) this.#history = [];
    if (this.#stopTicking !== null) return;
    this.#screen.write(HIDE_CURSOR);
    this.#stopTicking = this.#screen.every(PAINT_INTERVAL_MS, () => this.#look());
    this.#look();
  };

  /** Writes ordinary text, which ends a line, where the view stands, and the view below it. */
  above(write: () => void): void {
    this.#erase();
    write();
    this.#paint();
  }

  /** Erases the view and gives the cursor back. Idempotent. */
  close(): void {
    this.#state = null;
    this.#lines = [];
    this.#erase();
    if (this.#stopTicking === null) return;
    this.#stopTicking();
    this.#stopTicking = null;
    this.#screen.write(SHOW_CURSOR);
  }

  #look(): void {
    if (this.#state === null) return;
    const { look, ...state } = this.#state;
    const figures = look === null ? null : look();
    if (figures !== null) this.#history = [...this.#history, figures].slice(-1 - RATE_SPAN);
    const before = this.#history.length > 1 ? (this.#history[0] ?? null) : null;
    const { columns, colour, nowMs } = this.#screen;
    this.#lines = liveLines({ state, nowMs: nowMs(), figures, before }, { columns: columns(), colour });
    this.#erase();
    this.#paint();
  }

  #paint(): void {
    if (this.#lines.length > 0) this.#screen.write(this.#lines.join('\n'));
    this.#painted = this.#lines;
  }

  /** A window made narrower since the painting has wrapped the lines. */
  #erase(): void {
    if (this.#painted.length === 0) return;
    const columns = this.#screen.columns();
    const rows = this.#painted.reduce(
      (total, line) => total + Math.max(1, Math.ceil(widthOf(line) / columns)),
      0,
    );
    this.#screen.write(`\r${rows > 1 ? `\u001b[${rows - 1}A` : ''}${ERASE_BELOW}`);
    this.#painted = [];
  }
}
