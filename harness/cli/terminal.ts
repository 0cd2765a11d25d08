import type { LiveListener } from '../run/index.ts';
import { LiveView, showsLive } from './live-view/index.ts';

/** Where a command writes: results on stdout, everything else on stderr. */
export interface Terminal {
  readonly result: (text: string) => void;
  readonly note: (text: string) => void;
  /** One line of progress, with the time since the start. */
  readonly progress: (text: string) => void;
  /** Whether results may hold ANSI colours. */
  readonly colour: boolean;
  /** Hears what a session does and shows it in place; absent where stderr is no terminal with a person before it. */
  readonly live?: LiveListener | undefined;
}

/** No colour when the stream is no terminal or NO_COLOR is set. */
export function terminalOf(process: NodeJS.Process): Terminal {
  const startedMs = process.uptime() * 1_000;
  const view = showsLive(process.stderr, process.env) ? viewOn(process) : undefined;
  const writeAbove = (stream: NodeJS.WriteStream, text: string): void => {
    if (view) view.above(() => void stream.write(text));
    else stream.write(text);
  };
  const note = (text: string): void => writeAbove(process.stderr, text);
  return {
    result: (text) => writeAbove(process.stdout, text),
    note,
    progress: (text) => {
      const seconds = Math.round((process.uptime() * 1_000 - startedMs) / 1_000);
      note(`${String(seconds).padStart(4)} s  ${text}\n`);
    },
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    live: view?.hear,
  };
}

const DEFAULT_COLUMNS = 80;

function viewOn(process: NodeJS.Process): LiveView {
  const { stderr } = process;
  const view = new LiveView({
    write: (text) => void stderr.write(text),
    columns: () => stderr.columns || DEFAULT_COLUMNS,
    colour: !process.env.NO_COLOR,
    nowMs: () => process.uptime() * 1_000,
    every: (intervalMs, tick) => {
      const timer = setInterval(tick, intervalMs).unref();
      return () => clearInterval(timer);
    },
  });
  // A second Ctrl-C and a crash end the process without the session's end.
  process.once('exit', () => view.close());
  return view;
}
