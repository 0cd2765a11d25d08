import { Command } from 'commander';
import type {
  EngineName,
  FaultTarget,
  Guarantee,
  Pipeline,
  ProfileName,
} from '../../../engines/pipeline/index.ts';
import { harnessErrors } from '../../errors.ts';
import {
  type CellPlan,
  cellDefaults,
  DEFAULT_ATTEMPTS,
  EMBEDDED_ENGINES,
  fillAndWarmUp,
  GUARANTEES,
  interleave,
  pipelineNamed,
  pipelinesOn,
  recoveryMs,
  requireRunnable,
  roughly,
  warmupFor,
} from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions } from '../broker-options.ts';
import { cellSettings } from '../cell-settings.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { addEngineOptions, type EngineOptions } from '../engine-options.ts';
import { knobsOf } from '../log-options.ts';
import { measuredSession } from '../measured-session.ts';
import { optionValues } from '../option-values.ts';
import { requireSwept, type SweepPoint, type Sweeps, sweepOption, sweepPoints } from '../sweep.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const COMMAND = 'recover';
const TARGETS: readonly FaultTarget[] = ['process', 'slot'];

const EXAMPLES = `
Examples:
  $ npx crosscurrent recover --workload merchant-spend --engine event,micro-batch --guarantee exactly-once
  $ npx crosscurrent recover --engine event --target slot --kills 20
  $ npx crosscurrent recover --sweep checkpointIntervalMs=250,1000,4000 --sweep triggerIntervalMs=250,1000,4000
  $ npx crosscurrent recover --engine event --keys 1e3,1e4,1e5,1e6 --skew 0 --fill 3e6
  $ npx crosscurrent recover --kills 10 --rate 2000 --gap 30 --out results/recover

Each kill falls at a random phase of the checkpoint or batch cycle, once the pipeline has recovered from the one before: its lag and
p99 are back to what they were and have stayed so for more than 5 s. Phases count from the kill: detected, restarted, restored, first
new output, caught up. A sweep makes a cell of each of its values, and so do several numbers of keys. A state holds a key when a record
of it has come: for 10^6 keys --fill offers enough of them first, at a rate that falls from 60000 a second to --rate.`;

interface RecoverOptions extends BrokerOptions, Omit<EngineOptions, 'engine'>, ClusterOptions {
  readonly workload: string[];
  readonly engine?: readonly EngineName[];
  readonly guarantee: Guarantee[];
  readonly kills: number;
  readonly target: FaultTarget[];
  readonly rate: number;
  readonly warmup?: number;
  readonly gap?: number;
  readonly sweep?: Sweeps;
  readonly keys?: number[];
  readonly fill: number;
  readonly skew?: number;
  readonly partitions?: number;
  readonly heap?: number;
  readonly seed: number;
  readonly attempts: number;
  readonly out: string;
  readonly warmUp: boolean;
  readonly floor: boolean;
  readonly json?: boolean;
}

/** Kills engines at random and measures how they recover. */
export function recoverCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues(COMMAND);
  const keyCount = values.whole('--keys', 1, 10_000_000);
  const command = addEngineOptions(
    new Command(COMMAND)
      .description(
        'Kills engines at random phases of their cycles and measures each recovery, phase by phase.',
      )
      .option('--workload <names>', WORKLOADS_HELP, workloadReferences('recover'), ['merchant-spend']),
    values,
    { else: `those of ${EMBEDDED_ENGINES.join(', ')} that have the target` },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'at-least-once',
    ])
    .option('--kills <n>', 'kills in each cell', values.whole('--kills', 1, 1_000), 10)
    .option(
      '--target <what>',
      'process (SIGKILL) or slot (one worker thread ends abruptly)',
      values.choices('--target', TARGETS),
      ['process'],
    )
    .option('--rate <n>', 'records a second offered', values.atLeast('--rate', 1, 1_000_000), 5_000)
    .option(
      '--warmup <seconds>',
      'before the first baseline (default: 4, with flink or spark 8)',
      values.atLeast('--warmup', 0, 3_600),
    )
    .option(
      '--gap <seconds>',
      'from one kill to the next at most; sooner when it has recovered (default: 15, of flink and spark 75)',
      values.atLeast('--gap', 6, 3_600),
    )
    .option(
      '--sweep <name=values>',
      'an engine setting in several values, repeatable; each combination is a cell',
      sweepOption(COMMAND, '--sweep'),
    )
    .option(
      '--keys <numbers>',
      'distinct keys of the log; several are a sweep over the size of the state',
      (text) => text.split(',').map(keyCount),
    )
    .option(
      '--fill <n>',
      'records offered faster at the beginning, so that the state holds its keys before the first kill',
      values.whole('--fill', 0, 50_000_000),
      0,
    )
    .option('--skew <s>', 'Zipf exponent of the keys, 0 = uniform', values.atLeast('--skew', 0, 10))
    .option('--partitions <n>', 'partitions of the input topic', values.whole('--partitions', 1, 64))
    .option('--heap <MiB>', "heap of an engine's process", values.whole('--heap', 128, 65_536))
    .option('--seed <n>', 'seed of the log and of the phases', values.whole('--seed', 0, 2 ** 31 - 1), 1)
    .option(
      '--attempts <n>',
      'how often a run that is refused as invalid is tried in all; refused ones stay in the result',
      values.whole('--attempts', 1, 100),
      DEFAULT_ATTEMPTS,
    )
    .option(
      '--out <folder>',
      'folder for result.json, report.txt, report.md and report.html',
      'results/recover',
    )
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--no-floor', 'skip measuring what latency and rate are without an engine')
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  addClusterOptions(addBrokerOptions(command));
  return command.action(async (options: RecoverOptions) => {
    exitWith(await recover(options, terminal));
  });
}

async function recover(options: RecoverOptions, terminal: Terminal): Promise<number> {
  const cells = await cellsOf(options);
  const clusters = clustersOf(
    options,
    cells.map(({ engine }) => engine),
    COMMAND,
  );
  await requireRunnable(cells, clusters);
  const estimate = roughly(cells.reduce((total, cell) => total + recoveryMs(cell), 0));
  terminal.progress(
    `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} of ${options.kills} kills: about ${estimate} when recoveries are short`,
  );
  return await measuredSession({ ...options, clusters }, interleave(cells, 1), terminal);
}

/** One cell for each workload, guarantee, target, profile, engine, point of the sweep and number of keys. */
async function cellsOf(options: RecoverOptions): Promise<CellPlan[]> {
  const {
    sweep = {},
    keys = [undefined],
    target: targets,
    workload: workloads,
    guarantee: guarantees,
  } = options;
  requireSwept(
    sweep,
    targets.flatMap((target) => enginesFor(options, target)),
    COMMAND,
    '--sweep',
  );
  const cells = workloads.flatMap((workload) =>
    guarantees.flatMap((guarantee) =>
      targets.flatMap((target) =>
        options.profile.flatMap((profile) =>
          enginesFor(options, target).flatMap((pipeline) =>
            sweepPoints(sweep, pipeline).flatMap((point) =>
              keys.map((count) =>
                cellOf(options, pipeline, { workload, guarantee, target, profile, point, keys: count }),
              ),
            ),
          ),
        ),
      ),
    ),
  );
  return await Promise.all(cells);
}

/** @throws HARNESS_OPTION_INVALID when an engine was asked for that has no such target */
function enginesFor({ engine, ...options }: RecoverOptions, target: FaultTarget): Pipeline[] {
  const names = engine ?? EMBEDDED_ENGINES;
  const onClusters = pipelinesOn(clustersOf(options, names, COMMAND));
  const pipelines = names.map((name) => pipelineNamed(name, onClusters));
  const able = pipelines.filter(
    ({ capabilities }) => target === 'process' || capabilities.has('slot-failure'),
  );
  const missing = pipelines.find((pipeline) => !able.includes(pipeline));
  if (missing && engine !== undefined) {
    const problem = `the ${missing.engine} engine has no slots that fail alone. Give --target process.`;
    throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--target', problem, command: COMMAND });
  }
  return able;
}

interface Place {
  readonly workload: string;
  readonly guarantee: Guarantee;
  readonly target: FaultTarget;
  readonly profile: ProfileName;
  readonly point: SweepPoint;
  readonly keys: number | undefined;
}

async function cellOf(options: RecoverOptions, pipeline: Pipeline, place: Place): Promise<CellPlan> {
  const { workload, guarantee, target, profile, point, keys } = place;
  const { seed, skew, partitions, heap } = options;
  const given = {
    seed,
    ...(keys === undefined ? {} : { keys }),
    ...(skew === undefined ? {} : { skew }),
    ...(partitions === undefined ? {} : { partitions }),
    ...(heap === undefined ? {} : { heap }),
  };
  const defaults = await cellDefaults(workload, pipeline.engine, seed);
  return {
    ...defaults,
    heapMb: heap ?? defaults.heapMb,
    guarantee,
    ...cellSettings(pipeline, profile, { ...given, ...(options.set && { set: options.set }) }, point),
    measures: ['recovery'],
    ratePerSecond: options.rate,
    ...warmUpOf(options),
    kills: options.kills,
    faultTarget: target,
    ...(options.gap === undefined ? {} : { longestKillGapMs: options.gap * 1_000 }),
    variables: {
      ...point,
      ...((options.keys?.length ?? 0) > 1 ? { keys: String(keys) } : {}),
      ...(options.target.length > 1 ? { target } : {}),
    },
    log: await knobsOf(workload, given),
  };
}

function warmUpOf({
  engine = EMBEDDED_ENGINES,
  fill,
  rate,
  warmup = warmupFor(engine).warmupMs / 1_000,
}: RecoverOptions): Pick<CellPlan, 'schedule' | 'warmupMs'> {
  return fillAndWarmUp(fill, rate, warmup * 1_000);
}
