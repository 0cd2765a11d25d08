import { Command } from 'commander';
import { ENGINE_NAMES, type Guarantee } from '../../../engines/pipeline/index.ts';
import { EXIT_CODE } from '../../../errors/index.ts';
import { differ, renderCompared, renderConclusion } from '../../differ/index.ts';
import { harnessErrors } from '../../errors.ts';
import { type CellPlan, cellDefaults, GUARANTEES, pipelineNamed, requireRunnable } from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { type CellPlace, cellSettings } from '../cell-settings.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { addEngineOptions, type EngineOptions } from '../engine-options.ts';
import { interruptible } from '../interruption.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const COMMAND = 'differ';

const EXAMPLES = `
Examples:
  $ npx crosscurrent differ                                      # regional-revenue and login-tracker on all four engines
  $ npx crosscurrent differ --engine event,micro-batch --broken 0.01
  $ npx crosscurrent differ --engine event,flink --workload regional-revenue --guarantee exactly-once --late 0.05
  $ npx crosscurrent differ --engine flink,spark --workload all --events 100000 --json

Every engine gets the same log, in full before it starts. What it has committed to each output is then held against the first engine's, record
by record: in any order, but equally often; JSON in any order of its names. Where a key's results are a running value, its last one counts.
Exit code 5 where anything differs, or where an engine's output is wrong by the oracle.`;

interface DifferCommandOptions extends LogOptions, BrokerOptions, EngineOptions, ClusterOptions {
  readonly workload: string[];
  readonly guarantee: Guarantee[];
  readonly events: number;
  readonly heap?: number;
  readonly limit: number;
  readonly json?: boolean;
}

/** Whether engines make the same of the same log, and where not, in which records. */
export function differCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues(COMMAND);
  const command = addEngineOptions(
    new Command(COMMAND)
      .description('Plays one log through several engines and shows where their outputs differ.')
      .option('--workload <names>', WORKLOADS_HELP, workloadReferences(COMMAND), [
        'regional-revenue',
        'login-tracker',
      ]),
    values,
    { default: ENGINE_NAMES },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'at-least-once',
    ])
    .option('--events <n>', 'records of the log', values.whole('--events', 1_000, 1_000_000), 50_000)
    .option(
      '--heap <MiB>',
      "heap of an engine's process (default: 1024)",
      values.whole('--heap', 128, 65_536),
    )
    .option(
      '--limit <n>',
      'differences shown of each output of a pair',
      values.whole('--limit', 0, 100_000),
      20,
    )
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addClusterOptions(addBrokerOptions(command)), values);
  return command.action(async (options: DifferCommandOptions) => {
    exitWith(await compareEngines(options, terminal));
  });
}

async function compareEngines(options: DifferCommandOptions, terminal: Terminal): Promise<number> {
  requireHeeded(options);
  const clusters = clustersOf(options, options.engine, COMMAND);
  const groups = await Promise.all(
    options.workload.flatMap((workload) =>
      options.guarantee.flatMap((guarantee) =>
        options.profile.map((profile) =>
          Promise.all(
            options.engine.map((engine) => cellOf(options, { workload, guarantee, profile, engine })),
          ),
        ),
      ),
    ),
  );
  await requireRunnable(groups.flat(), clusters);
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      const result = await differ({
        groups,
        limit: options.limit,
        broker,
        clusters,
        signal,
        progress: terminal.progress,
        live: terminal.live,
        onCompared: (compared) => {
          if (!options.json) terminal.result(renderCompared(compared));
        },
      });
      terminal.result(options.json ? `${JSON.stringify(result)}\n` : renderConclusion(result));
      return EXIT_CODE[result.isSame ? 'ok' : 'oracle'];
    } finally {
      await broker.stop();
    }
  });
}

/** @throws HARNESS_OPTION_INVALID for fewer than two engines, or for a kill that nobody would send */
function requireHeeded({ engine, killCommand }: DifferCommandOptions): void {
  const refuse = (option: string, problem: string): Error =>
    harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command: COMMAND });
  if (engine.length < 2) throw refuse('--engine', 'two or more are needed, to be held against each other.');
  if (killCommand !== undefined) throw refuse('--kill-command', 'nothing is killed here.');
}

async function cellOf(
  options: DifferCommandOptions,
  { workload, guarantee, profile, engine }: CellPlace,
): Promise<CellPlan> {
  const defaults = await cellDefaults(workload, engine, options.seed);
  return {
    ...defaults,
    heapMb: options.heap ?? defaults.heapMb,
    guarantee,
    ...cellSettings(pipelineNamed(engine), profile, options),
    measures: ['drain'],
    drainEvents: options.events,
    log: await knobsOf(workload, options),
  };
}
