import { EXIT_CODE } from '../../errors/index.ts';
import type { Result } from '../../reports/model/index.ts';
import { batchLine } from '../introspect/index.ts';
import { type Clusters, type PlannedRun, runSession } from '../run/index.ts';
import { type BrokerOptions, openNamedBroker } from './broker-options.ts';
import { conclude } from './conclude.ts';
import { interruptible } from './interruption.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that runs cells. */
interface SessionOptions extends BrokerOptions {
  readonly clusters: Clusters;
  readonly seed: number;
  readonly attempts: number;
  readonly warmUp: boolean;
  readonly floor: boolean;
  readonly out: string;
  readonly json?: boolean;
  /** Every 5 s what the operators of the engine do, and each batch, on stderr. */
  readonly verbose?: boolean;
}

/**
 * Opens the broker, works through the runs, reports, and takes everything down, also after Ctrl-C.
 *
 * @param finish completes the result before it is reported, and may add text after the tables
 * @returns the exit code
 */
export async function measuredSession(
  options: SessionOptions,
  runs: readonly PlannedRun[],
  terminal: Terminal,
  finish: (result: Result) => string = () => '',
): Promise<number> {
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      const result = await runSession({
        runs,
        attempts: options.attempts,
        broker,
        clusters: options.clusters,
        seed: options.seed,
        command: ['crosscurrent', ...process.argv.slice(2)],
        outputFolder: options.out,
        warmUp: options.warmUp,
        floors: options.floor,
        signal,
        progress: terminal.progress,
        live: terminal.live,
        details: options.verbose ? (lines) => terminal.note(`${lines.join('\n')}\n`) : undefined,
        onBatch: options.verbose
          ? (progress, fellBehind) =>
              terminal.note(`${options.json ? JSON.stringify(progress) : batchLine(progress, fellBehind)}\n`)
          : undefined,
      });
      const exitCode = await conclude(result, options, terminal, finish(result));
      return signal.aborted ? EXIT_CODE.interrupted : exitCode;
    } finally {
      await broker.stop();
    }
  });
}
