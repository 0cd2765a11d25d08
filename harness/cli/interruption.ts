import { EXIT_CODE } from '../../errors/index.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs an action under Ctrl-C: the first SIGINT, SIGTERM or SIGHUP aborts the signal, so that the action ends orderly; a second
 * ends this process at once, and the engines and the broker with it, as they watch their parent.
 */
export async function interruptible<T>(
  terminal: Terminal,
  action: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODE.interrupted);
    terminal.note('\nInterrupted: ending what runs (again to end at once).\n');
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  try {
    return await action(controller.signal);
  } finally {
    for (const name of signals) process.off(name, onSignal);
  }
}
