import { Command } from 'commander';
import type { Guarantee } from '../../../engines/pipeline/index.ts';
import { harnessErrors } from '../../errors.ts';
import { DEFAULT_STEADINESS, describeSteadiness } from '../../measure/index.ts';
import {
  type CellPlan,
  cellDefaults,
  DEFAULT_ATTEMPTS,
  EMBEDDED_ENGINES,
  GUARANTEES,
  interleave,
  MEASURES,
  type Measure,
  PRESET_NAMES,
  type PresetName,
  pipelineNamed,
  plannedSessionMs,
  presetCells,
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
  $ npx crosscurrent run --workload merchant-spend --engine event,micro-batch --rate 5000 --duration 20
  $ npx crosscurrent run --workload merchant-spend --guarantee exactly-once --kills 3
  $ npx crosscurrent run --engine event,flink,micro-batch,spark --profile default,tuned-latency --measure latency
  $ npx crosscurrent run --engine flink --flink-rest http://jobmanager:8081 --brokers kafka1:9092 --measure drain
  $ npx crosscurrent run --workload regional-revenue --engine event --measure drain --events 500000
  $ npx crosscurrent run --workload login-tracker --engine micro-batch --set triggerIntervalMs=100
  $ npx crosscurrent run --measure latency --schedule burst:2000-20000/10s/1s --duration 40
  $ npx crosscurrent run --preset bench --out results/bench
  $ npx crosscurrent run --preset bench --workload merchant-spend --engine event
  $ npx crosscurrent run --workload all --broker kafka1:9093,kafka2:9093 --client-config client.properties

A cell is a workload on an engine under a guarantee. Its runs, each in fresh processes with fresh topics:
  latency   open-loop replay at --rate or by --schedule; latency from each record's due instant to the committed output
  drain     --events records wait in the topic; the engine starts cold and catches up
  recovery  --kills times SIGKILL at a random phase of the checkpoint or batch cycle
With --repeats, every second repeat goes through the cells backwards. What passes with no engine (the floor) is measured first.
${describeSteadiness(DEFAULT_STEADINESS)}`;

/** A search for the sustainable rate has a command of its own. */
const RUN_MEASURES = MEASURES.filter((measure) => measure !== 'sustain');

interface RunOptions extends LogOptions, BrokerOptions, ScheduleOptions, EngineOptions, ClusterOptions {
  readonly workload: string[];
  readonly guarantee: Guarantee[];
  readonly measure?: Measure[];
  readonly events: number;
  readonly kills: number;
  readonly repeats: number;
  readonly attempts: number;
  readonly heap?: number;
  readonly preset?: PresetName[];
  readonly out: string;
  readonly warmUp: boolean;
  readonly floor: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

export function runCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('run');
  const command = addEngineOptions(
    new Command('run')
      .description('Runs workloads through engines on real Kafka, verifies every output, and reports.')
      .option('--workload <names>', WORKLOADS_HELP, workloadReferences('run'), ['merchant-spend']),
    values,
    { default: EMBEDDED_ENGINES },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'at-least-once',
    ])
    .option(
      '--measure <runs>',
      `${RUN_MEASURES.join(', ')} (default: all; no recovery with --kills 0)`,
      values.choices('--measure', RUN_MEASURES),
    )
    .option(
      '--events <n>',
      'records of the backlog drain',
      values.whole('--events', 1_000, 20_000_000),
      1_000_000,
    )
    .option('--kills <n>', 'SIGKILLs in the recovery run', values.whole('--kills', 0, 1_000), 1)
    .option(
      '--repeats <n>',
      'runs of each measure; every second repeat goes through the cells backwards (A B B A)',
      values.whole('--repeats', 1, 1_000),
      1,
    )
    .option(
      '--attempts <n>',
      'how often a run that is refused as invalid is tried in all; refused ones stay in the result',
      values.whole('--attempts', 1, 100),
      DEFAULT_ATTEMPTS,
    )
    .option(
      '--heap <MiB>',
      "heap of an engine's process (default: 1024)",
      values.whole('--heap', 128, 65_536),
    )
    .option(
      '--preset <name>',
      `a ready set of cells, of which --workload, --engine and --guarantee choose: ${PRESET_NAMES.join(', ')}`,
      values.choices('--preset', PRESET_NAMES),
    )
    .option(
      '--out <folder>',
      'folder for result.json, report.txt, report.md and report.html',
      'results/latest',
    )
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--no-floor', 'skip measuring what latency and rate are without an engine')
    .option(
      '--verbose',
      'print on stderr what the operators of the engine do, every 5 s, and each batch: with --json as StreamingQueryProgress',
    )
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addClusterOptions(addBrokerOptions(addScheduleOptions(command, values))), values);
  return command.action(async (options: RunOptions) => {
    const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
    exitWith(await run(options, isGiven, terminal));
  });
}

async function run(
  options: RunOptions,
  isGiven: (name: string) => boolean,
  terminal: Terminal,
): Promise<number> {
  const cells = options.preset
    ? chosen(
        (await Promise.all(options.preset.map((preset) => presetCells(preset, options.seed)))).flat(),
        options,
        isGiven,
      )
    : await Promise.all(
        options.workload.flatMap((workload) =>
          options.guarantee.flatMap((guarantee) =>
            options.profile.flatMap((profile) =>
              options.engine.map((engine) => cellOf(options, { workload, guarantee, profile, engine })),
            ),
          ),
        ),
      );
  const clusters = clustersOf(
    options,
    cells.map(({ engine }) => engine),
    'run',
  );
  await requireRunnable(cells, clusters);
  const runs = interleave(cells, options.repeats);
  const estimate = roughly(plannedSessionMs({ runs, floors: options.floor }));
  terminal.progress(`cells: ${cells.length}, runs: ${runs.length}, about ${estimate}`);
  return await measuredSession({ ...options, clusters }, runs, terminal);
}

/**
 * Cells of a preset that the options name, by each option that was given.
 *
 * @throws HARNESS_OPTION_INVALID when they leave none, or name settings, which a preset brings with it
 */
function chosen(
  cells: readonly CellPlan[],
  { workload, engine, guarantee }: RunOptions,
  isGiven: (name: string) => boolean,
): readonly CellPlan[] {
  for (const option of ['profile', 'set']) {
    if (!isGiven(option)) continue;
    const problem = 'a preset brings the settings of its cells with it. Leave one of the two out.';
    throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: `--${option}`, problem, command: 'run' });
  }
  const left = cells.filter(
    (cell) =>
      (!isGiven('workload') || workload.includes(cell.workload)) &&
      (!isGiven('engine') || engine.includes(cell.engine)) &&
      (!isGiven('guarantee') || guarantee.includes(cell.guarantee)),
  );
  if (left.length > 0) return left;
  throw harnessErrors.error('HARNESS_OPTION_INVALID', {
    option: '--preset',
    problem: 'no cell of it has the workload, engine and guarantee that were named.',
    command: 'run',
  });
}

async function cellOf(
  options: RunOptions,
  { workload, guarantee, profile, engine }: CellPlace,
): Promise<CellPlan> {
  const measures =
    options.measure ?? RUN_MEASURES.filter((measure) => measure !== 'recovery' || options.kills > 0);
  const defaults = await cellDefaults(workload, engine, options.seed);
  return {
    ...defaults,
    heapMb: options.heap ?? defaults.heapMb,
    guarantee,
    ...cellSettings(pipelineNamed(engine), profile, options),
    measures,
    ...plannedSchedule(options, options.engine),
    drainEvents: options.events,
    kills: Math.max(options.kills, 1),
    log: await knobsOf(workload, options),
  };
}
