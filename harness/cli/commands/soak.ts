import { join } from 'node:path';
import { Command } from 'commander';
import type { EngineName, Guarantee, ProfileName } from '../../../engines/pipeline/index.ts';
import { EXIT_CODE } from '../../../errors/index.ts';
import { harnessErrors } from '../../errors.ts';
import {
  type CellPlan,
  cellDefaults,
  EMBEDDED_ENGINES,
  GUARANTEES,
  pipelineNamed,
  requireRunnable,
  roughly,
} from '../../run/index.ts';
import { likelySoakMs, renderSoak, SOAK_FILE_NAME, soak, soakExitReason } from '../../soak/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { cellSettings } from '../cell-settings.ts';
import { addEngineOptions, type EngineOptions } from '../engine-options.ts';
import { interruptible } from '../interruption.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { optionValues } from '../option-values.ts';
import { requireSwept, type SweepPoint, type Sweeps, sweepOption, sweepPoints } from '../sweep.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const COMMAND = 'soak';
const DEFAULT_KILLS = 50;
/** A busy machine takes longer to recover, and a kill without any input shows little. */
const LOG_RESERVE = 2;

const EXAMPLES = `
Examples:
  $ npx crosscurrent soak --kills 50                                  # the event engine, all three workloads, exactly-once
  $ npx crosscurrent soak --engine micro-batch --guarantee all
  $ npx crosscurrent soak --engine micro-batch --kills 50 --sweep stateProvider=memory,rocksdb,redis
  $ npx crosscurrent soak --workload merchant-spend --kills 5 --events 20000 --seed 7
  $ npx crosscurrent soak --rescale 1,2,3,1 --kills 8
  $ npx crosscurrent soak --set stateBackend=rocksdb --set parallelism=3 --set checkpointIntervalMs=200

Each log is played once without kills, which gives the reference, and once while SIGKILLs fall at instants drawn from the seed: at any instant, into
the restart after the last one, into checkpoints, into commits. What is committed must be the same: each result once, and of a running value
every step in its order. At-least-once: nothing lost, the last values the same, and what came more than once is counted.
Exit code 5 where an output is lost, different, or (exactly-once) there twice; then the kills and the --seed that draws them again are printed.`;

interface SoakCommandOptions extends LogOptions, BrokerOptions, EngineOptions {
  readonly workload: string[];
  readonly guarantee: Guarantee[];
  readonly kills?: number;
  readonly rescale?: number[];
  readonly sweep?: Sweeps;
  readonly rate: number;
  readonly events?: number;
  readonly heap?: number;
  readonly out: string;
  readonly json?: boolean;
}

/** Kills engines over and over and holds what they commit against what they commit undisturbed. */
export function soakCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues(COMMAND);
  const command = addEngineOptions(
    new Command(COMMAND)
      .description(
        'Kills an engine over and over at random instants: what it commits must be what it commits undisturbed.',
      )
      .option(
        '--workload <names>',
        WORKLOADS_HELP,
        workloadReferences(COMMAND),
        workloadReferences(COMMAND)('all'),
      ),
    values,
    { default: EMBEDDED_ENGINES.slice(0, 1) },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'exactly-once',
    ])
    .option(
      '--kills <n>',
      'kills for each workload, guarantee, engine and profile (default: 50, with --rescale none)',
      values.whole('--kills', 0, 10_000),
    )
    .option(
      '--rescale <numbers>',
      'parallelism of one deployment after the other, each from a savepoint of the one before, while the log goes on: 1,2,3,1',
      (text) => text.split(',').map(values.whole('--rescale', 1, 1_000)),
    )
    .option(
      '--sweep <name=values>',
      'a run for each of these values of a setting, on the same log: stateProvider=memory,rocksdb,redis (repeatable)',
      sweepOption(COMMAND, '--sweep'),
    )
    .option('--rate <n>', 'records a second offered', values.atLeast('--rate', 1, 1_000_000), 1_000)
    .option(
      '--events <n>',
      'records of the log (default: twice what the kills are likely to need at that rate); after the last kill the rest follows at once',
      values.whole('--events', 1, 50_000_000),
    )
    .option(
      '--heap <MiB>',
      "heap of an engine's process (default: 1024)",
      values.whole('--heap', 128, 65_536),
    )
    .option('--out <folder>', `folder for ${SOAK_FILE_NAME}`, 'results/soak')
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addBrokerOptions(command), values);
  return command.action(async (options: SoakCommandOptions) => {
    exitWith(await soakEngines(options, terminal));
  });
}

async function soakEngines(options: SoakCommandOptions, terminal: Terminal): Promise<number> {
  requireSavepoints(options);
  const { rescale = [] } = options;
  const cells = await cellsOf(options);
  await requireRunnable(cells);
  const estimate = roughly(cells.reduce((total, cell) => total + likelySoakMs(cell, rescale.length), 0));
  terminal.progress(
    `${cells.length} ${cells.length === 1 ? 'run' : 'runs'} of ${killsOf(options)} kills, seed ${options.seed}: about ${estimate}`,
  );
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      const result = await soak({
        cells,
        parallelisms: rescale,
        seed: options.seed,
        broker,
        command: ['crosscurrent', ...process.argv.slice(2)],
        outputFolder: options.out,
        signal,
        progress: terminal.progress,
        live: terminal.live,
      });
      if (options.json) terminal.result(`${JSON.stringify(result)}\n`);
      else terminal.result(`${renderSoak(result, terminal)}\nresult: ${join(options.out, SOAK_FILE_NAME)}\n`);
      return EXIT_CODE[soakExitReason(result)];
    } finally {
      await broker.stop();
    }
  });
}

const killsOf = ({ kills, rescale }: SoakCommandOptions): number => kills ?? (rescale ? 0 : DEFAULT_KILLS);

/** @throws HARNESS_OPTION_INVALID for a parallelism that an engine could not change */
function requireSavepoints({ engine, rescale }: SoakCommandOptions): void {
  const missing = engine.find((name) => !pipelineNamed(name).capabilities.has('savepoint'));
  if (rescale === undefined || missing === undefined) return;
  const problem = `the ${missing} engine has no savepoints to start from at another parallelism.`;
  throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: '--rescale', problem, command: COMMAND });
}

/** One cell for each workload, guarantee, profile and engine; cells of one engine and log beside each other. */
async function cellsOf(options: SoakCommandOptions): Promise<CellPlan[]> {
  const { sweep = {} } = options;
  requireSwept(
    sweep,
    options.engine.map((name) => pipelineNamed(name)),
    COMMAND,
    '--sweep',
  );
  return await Promise.all(
    options.workload.flatMap((workload) =>
      options.engine.flatMap((engine) =>
        options.profile.flatMap((profile) =>
          options.guarantee.flatMap((guarantee) =>
            sweepPoints(sweep, pipelineNamed(engine)).map((point) =>
              cellOf(options, { workload, engine, profile, guarantee }, point),
            ),
          ),
        ),
      ),
    ),
  );
}

interface Place {
  readonly workload: string;
  readonly engine: EngineName;
  readonly profile: ProfileName;
  readonly guarantee: Guarantee;
}

async function cellOf(
  options: SoakCommandOptions,
  { workload, engine, profile, guarantee }: Place,
  point: SweepPoint,
): Promise<CellPlan> {
  const defaults = await cellDefaults(workload, engine, options.seed);
  const { rate, events, rescale = [] } = options;
  const cell: CellPlan = {
    ...defaults,
    heapMb: options.heap ?? defaults.heapMb,
    guarantee,
    ...cellSettings(pipelineNamed(engine), profile, options, point),
    variables: point,
    measures: ['recovery'],
    ratePerSecond: rate,
    kills: killsOf(options),
    log: await knobsOf(workload, options),
  };
  return {
    ...cell,
    drainEvents: events ?? Math.ceil((LOG_RESERVE * rate * likelySoakMs(cell, rescale.length)) / 1_000),
  };
}
