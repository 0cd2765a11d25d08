/** Where a command writes: results on stdout, everything else on stderr. */
export interface Terminal {
  readonly result: (text: string) => void;
  readonly note: (text: string) => void;
  /** One line of progress, with the time since the start. */
  readonly progress: (text: string) => void;
  /** Whether results may hold ANSI colours. */
  readonly colour: boolean;
}

/** No colour when stdout is no terminal or NO_COLOR is set. */
export function terminalOf(process: NodeJS.Process): Terminal {
  const startedMs = process.uptime() * 1_000;
  const note = (text: string): void => void process.stderr.write(text);
  return {
    result: (text) => void process.stdout.write(text),
    note,
    progress: (text) => {
      const seconds = Math.round((process.uptime() * 1_000 - startedMs) / 1_000);
      note(`${String(seconds).padStart(4)} s  ${text}\n`);
    },
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  };
}
