const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that may last for minutes, under a signal that aborts at Ctrl-C and at the end of this process: programs that it has started
 * end with either. It listens by itself, as the ways that lead here, a broker's start above all, know of no signal.
 */
export async function interruptibly<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  for (const name of SIGNALS) process.on(name, abort);
  process.on('exit', abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, abort);
    process.off('exit', abort);
  }
}
