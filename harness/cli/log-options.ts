import type { Command } from 'commander';
import { type LogSpecification, loadWorkload } from '../../workloads/index.ts';
import type { optionValues } from './option-values.ts';

/** The knobs of a log, as options give them. */
export interface LogOptions {
  readonly seed: number;
  readonly keys?: number;
  readonly skew?: number;
  readonly disorder?: number;
  readonly late?: number;
  readonly broken?: number;
  readonly partitions?: number;
}

/** Adds the knobs of the log, shared by `run` and `log`. */
export function addLogOptions(command: Command, values: ReturnType<typeof optionValues>): Command {
  return command
    .option('--seed <n>', 'seed of the log and of the kill times', values.whole('--seed', 0, 2 ** 31 - 1), 1)
    .option('--keys <n>', 'distinct keys (default: by workload)', values.whole('--keys', 1, 10_000_000))
    .option('--skew <s>', 'Zipf exponent of the keys, 0 = uniform', values.atLeast('--skew', 0, 10))
    .option(
      '--disorder <share>',
      'share of records out of order within the watermark delay',
      values.share('--disorder'),
    )
    .option('--late <share>', 'share of records later than any legal watermark', values.share('--late'))
    .option('--broken <share>', 'share of records that are no JSON', values.share('--broken'))
    .option('--partitions <n>', 'partitions of the input topic', values.whole('--partitions', 1, 64));
}

/** The workload's own knobs, with what the options say instead. */
export async function knobsOf(
  workload: string,
  options: LogOptions,
): Promise<Omit<LogSpecification, 'events' | 'workload' | 'seed'>> {
  const { defaults } = await loadWorkload(workload);
  return {
    partitions: options.partitions ?? defaults.partitions,
    keys: options.keys ?? defaults.keys,
    skew: options.skew ?? defaults.skew,
    disorderShare: options.disorder ?? defaults.disorderShare,
    lateShare: options.late ?? defaults.lateShare,
    brokenShare: options.broken ?? defaults.brokenShare,
  };
}
