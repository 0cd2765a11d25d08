import { Command } from 'commander';
import type { Guarantee } from '../../../engines/pipeline/index.ts';
import { describeNoise, NOISE_MEASURES, noiseFloorsOf } from '../../noise/index.ts';
import {
  type CellPlan,
  cellDefaults,
  DEFAULT_ATTEMPTS,
  GUARANTEES,
  interleave,
  type Measure,
  pipelineNamed,
  plannedSessionMs,
  requireRunnable,
  roughly,
} from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions } from '../broker-options.ts';
import { type CellPlace, cellSettings } from '../cell-settings.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { addEngineOptions, type EngineOptions } from '../engine-options.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { measuredSession } from '../measured-session.ts';
import { optionValues } from '../option-values.ts';
import { addScheduleOptions, plannedSchedule, type ScheduleOptions } from '../schedule-options.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent noise --workload merchant-spend --engine event --comparisons 20
  $ npx crosscurrent noise --engine event,micro-batch --comparisons 5 --duration 5 --measure latency

A/A: an engine against itself. Whatever differs is noise of this machine; a smaller difference between two engines is none.
Each comparison is two runs in fresh processes with fresh topics; engines are interleaved A B B A.`;

interface NoiseOptions extends LogOptions, BrokerOptions, ScheduleOptions, EngineOptions, ClusterOptions {
  readonly workload: string[];
  readonly guarantee: Guarantee[];
  readonly measure: Measure[];
  readonly comparisons: number;
  readonly events: number;
  readonly attempts: number;
  readonly out: string;
  readonly warmUp: boolean;
  readonly floor: boolean;
  readonly json?: boolean;
}

/** `noise`: how far two runs of the same thing differ on this machine. */
export function noiseCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('noise');
  const command = addEngineOptions(
    new Command('noise')
      .description('Compares an engine with itself (A/A): the spread is the noise floor of this machine.')
      .option('--workload <names>', WORKLOADS_HELP, workloadReferences('noise'), ['merchant-spend']),
    values,
    { default: ['event'] },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'at-least-once',
    ])
    .option('--measure <runs>', NOISE_MEASURES.join(', '), values.choices('--measure', NOISE_MEASURES), [
      'latency',
      'drain',
    ])
    .option('--comparisons <n>', 'pairs of runs of each engine', values.whole('--comparisons', 1, 500), 20)
    .option('--events <n>', 'records of a drain', values.whole('--events', 1_000, 20_000_000), 1_000_000)
    .option(
      '--attempts <n>',
      'how often a run that is refused as invalid is tried in all',
      values.whole('--attempts', 1, 100),
      DEFAULT_ATTEMPTS,
    )
    .option('--out <folder>', 'folder for the result and its reports', 'results/noise')
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--no-floor', 'skip measuring what latency and rate are without an engine')
    .option('--json', 'print the result as JSON instead of the tables')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addClusterOptions(addBrokerOptions(addScheduleOptions(command, values))), values);
  return command.action(async (options: NoiseOptions) => {
    exitWith(await measureNoise(options, terminal));
  });
}

async function measureNoise(options: NoiseOptions, terminal: Terminal): Promise<number> {
  const cells = await Promise.all(
    options.workload.flatMap((workload) =>
      options.guarantee.flatMap((guarantee) =>
        options.profile.flatMap((profile) =>
          options.engine.map((engine) => cellOf(options, { workload, guarantee, profile, engine })),
        ),
      ),
    ),
  );
  const clusters = clustersOf(options, options.engine, 'noise');
  await requireRunnable(cells, clusters);
  const runs = interleave(cells, 2 * options.comparisons);
  const estimate = roughly(plannedSessionMs({ runs, floors: options.floor }));
  terminal.progress(`noise: ${options.comparisons} comparisons, ${runs.length} runs, about ${estimate}`);
  return await measuredSession({ ...options, clusters }, runs, terminal, (result) => {
    result.noiseFloors = noiseFloorsOf(result.cells, options.attempts);
    return `${describeNoise(result.noiseFloors)}\n`;
  });
}

async function cellOf(
  options: NoiseOptions,
  { workload, guarantee, profile, engine }: CellPlace,
): Promise<CellPlan> {
  return {
    ...(await cellDefaults(workload, engine, options.seed)),
    guarantee,
    ...cellSettings(pipelineNamed(engine), profile, options),
    measures: options.measure,
    ...plannedSchedule(options, options.engine),
    drainEvents: options.events,
    log: await knobsOf(workload, options),
  };
}
