import type { Command } from 'commander';
import type { EngineName } from '../../engines/pipeline/index.ts';
import { parseSchedule, scheduleOf } from '../replay/index.ts';
import { type CellPlan, warmupFor } from '../run/index.ts';
import type { optionValues } from './option-values.ts';

/** When records are due, how many threads send them, and which part is measured. */
export interface ScheduleOptions {
  readonly rate: number;
  readonly schedule?: CellPlan['schedule'];
  readonly producers: number;
  readonly duration: number;
  readonly warmup?: number;
  readonly warmupLimit?: number;
}

/** Adds the options of the schedule, shared by the commands that replay. */
export function addScheduleOptions(command: Command, values: ReturnType<typeof optionValues>): Command {
  return command
    .option('--rate <n>', 'records a second offered', values.atLeast('--rate', 1, 1_000_000), 5_000)
    .option(
      '--schedule <profile>',
      'in place of --rate: constant:5000, ramp:1000-20000/30s, burst:5000-20000/10s/1s, or recorded (recorded:2 in half the time)',
      schedulePlan,
    )
    .option('--producers <n>', 'threads that send', values.whole('--producers', 1, 64), 1)
    .option('--duration <seconds>', 'measured stretch', values.atLeast('--duration', 1, 86_400), 12)
    .option(
      '--warmup <seconds>',
      'shortest warm-up; it lasts until the latency is steady (default: 4, with flink or spark 8)',
      values.atLeast('--warmup', 0, 3_600),
    )
    .option(
      '--warmup-limit <seconds>',
      'longest warm-up; 0 makes --warmup a fixed time (default: 15, with flink or spark 40)',
      values.atLeast('--warmup-limit', 0, 3_600),
    );
}

/**
 * The options as parts of a cell. Where the schedule varies, its rate is the mean over the longest run.
 *
 * @param engines that stand beside each other: each cell of theirs gets the same schedule
 */
export function plannedSchedule(
  options: ScheduleOptions,
  engines: readonly EngineName[] = [],
): Pick<CellPlan, 'ratePerSecond' | 'schedule' | 'producers' | 'durationMs' | 'warmupMs' | 'warmupLimitMs'> {
  const { rate, schedule, producers } = options;
  const durationMs = options.duration * 1_000;
  const defaults = warmupFor(engines);
  const warmupMs = options.warmup === undefined ? defaults.warmupMs : options.warmup * 1_000;
  const limitMs = options.warmupLimit === undefined ? defaults.warmupLimitMs : options.warmupLimit * 1_000;
  const warmupLimitMs = limitMs === 0 ? null : Math.max(warmupMs, limitMs);
  const longestMs = (warmupLimitMs ?? warmupMs) + durationMs;
  const ratePerSecond =
    schedule === undefined || schedule.kind === 'as-recorded'
      ? rate
      : (scheduleOf(schedule).countBefore(longestMs * 1e6) * 1_000) / longestMs;
  return {
    ratePerSecond,
    producers,
    durationMs,
    warmupMs,
    warmupLimitMs,
    ...(schedule === undefined ? {} : { schedule }),
  };
}

function schedulePlan(text: string): NonNullable<CellPlan['schedule']> {
  const recorded = /^recorded(?::([\d.]+))?$/.exec(text);
  if (!recorded) return parseSchedule(text);
  return { kind: 'as-recorded', speed: Number(recorded[1] ?? 1) };
}
