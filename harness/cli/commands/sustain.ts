import { Command } from 'commander';
import type { Guarantee } from '../../../engines/pipeline/index.ts';
import { harnessErrors } from '../../errors.ts';
import {
  type CellPlan,
  cellDefaults,
  EMBEDDED_ENGINES,
  GUARANTEES,
  interleave,
  pipelineNamed,
  requireRunnable,
  SUSTAIN_DEFAULTS,
  type SustainPlan,
  sustainDefaultsFor,
} from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions } from '../broker-options.ts';
import { type CellPlace, cellSettings } from '../cell-settings.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { addEngineOptions, type EngineOptions } from '../engine-options.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { measuredSession } from '../measured-session.ts';
import { optionValues } from '../option-values.ts';
import { type SloOption, sloOption } from '../slo-option.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const COMMAND = 'sustain';
/** Of the log of one probe: more need too much memory. */
const MOST_RECORDS = 20_000_000;

const EXAMPLES = `
Examples:
  $ npx crosscurrent sustain --workload merchant-spend --engine event,micro-batch --slo p99=500ms
  $ npx crosscurrent sustain --engine event --guarantee exactly-once --slo p99=2s --from 8000
  $ npx crosscurrent sustain --engine micro-batch --set triggerIntervalMs=100 --slo p50=100ms --no-curve
  $ npx crosscurrent sustain --engine event,micro-batch --precision 10 --probe 4 --highest 50000

A rate is sustainable when, after warm-up, the lag grows by at most 1 % of it, the latency keeps the objective, and what is left at the end
drains within 5 s. The search doubles from --from, bisects, gives the rate above the answer a second chance, and lets the answer hold
--confirmations times. Each probe is a fresh process with fresh topics, and the oracle judges each. Then latency at 20, 50, 80 and 95 %.`;

interface SustainOptions extends LogOptions, BrokerOptions, EngineOptions, ClusterOptions {
  readonly workload: string[];
  readonly guarantee: Guarantee[];
  readonly slo?: SloOption;
  readonly from?: number;
  readonly lowest: number;
  readonly highest: number;
  readonly precision: number;
  readonly confirmations: number;
  readonly probes: number;
  readonly probe: number;
  readonly producers: number;
  readonly heap?: number;
  readonly out: string;
  readonly curve: boolean;
  readonly warmUp: boolean;
  readonly floor: boolean;
  readonly json?: boolean;
}

/** Finds the highest rate that each engine sustains, with its bracket. */
export function sustainCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues(COMMAND);
  const defaults = SUSTAIN_DEFAULTS;
  const rates = (option: string): ((text: string) => number) => values.whole(option, 1, 1_000_000);
  const command = addEngineOptions(
    new Command(COMMAND)
      .description(
        'Finds the highest rate that an engine sustains under a latency objective, and its bracket.',
      )
      .option('--workload <names>', WORKLOADS_HELP, workloadReferences('sustain'), ['merchant-spend']),
    values,
    { default: EMBEDDED_ENGINES },
  )
    .option('--guarantee <names>', GUARANTEES.join(', '), values.choices('--guarantee', GUARANTEES), [
      'at-least-once',
    ])
    .option(
      '--slo <objective>',
      'p50, p90, p99 or p99.9, and a limit in ms or s (default: p99=1s)',
      sloOption(COMMAND),
    )
    .option('--from <n>', `records a second of the first probe (default: ${defaults.from})`, rates('--from'))
    .option('--lowest <n>', 'lowest rate that is tried', rates('--lowest'), defaults.lowest)
    .option('--highest <n>', 'highest rate that is tried', rates('--highest'), defaults.highest)
    .option(
      '--precision <percent>',
      'how far the lowest rate that fails may lie above the answer',
      values.atLeast('--precision', 0.5, 100),
      100 * defaults.precision,
    )
    .option(
      '--confirmations <n>',
      'how often the answer must hold in all',
      values.whole('--confirmations', 1, 20),
      defaults.confirmations,
    )
    .option(
      '--probes <n>',
      'probes after which the search ends at the latest',
      values.whole('--probes', 1, 1_000),
      defaults.maximumProbes,
    )
    .option(
      '--probe <seconds>',
      'measured stretch of a probe, after 3 to 9 s of warm-up, 8 to 40 s with flink or spark',
      values.atLeast('--probe', 3, 3_600),
      defaults.probeMs / 1_000,
    )
    .option('--producers <n>', 'threads that send', values.whole('--producers', 1, 64), 1)
    .option('--heap <MiB>', "heap of an engine's process", values.whole('--heap', 128, 65_536))
    .option(
      '--out <folder>',
      'folder for result.json, report.txt, report.md and report.html',
      'results/sustain',
    )
    .option('--no-curve', 'skip the latency at 20, 50, 80 and 95 % of the answer')
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--no-floor', 'skip measuring what latency and rate are without an engine')
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addClusterOptions(addBrokerOptions(command)), values);
  return command.action(async (options: SustainOptions) => {
    exitWith(await sustain(options, terminal));
  });
}

async function sustain(options: SustainOptions, terminal: Terminal): Promise<number> {
  const plan = planOf(options);
  const cells = await Promise.all(
    options.workload.flatMap((workload) =>
      options.guarantee.flatMap((guarantee) =>
        options.profile.flatMap((profile) =>
          options.engine.map((engine) => cellOf(options, plan, { workload, guarantee, profile, engine })),
        ),
      ),
    ),
  );
  const clusters = clustersOf(options, options.engine, COMMAND);
  await requireRunnable(cells, clusters);
  // A search tries its own void probes again; a refused one would be refused for the same reason.
  return await measuredSession({ ...options, clusters, attempts: 1 }, interleave(cells, 1), terminal);
}

/** @throws HARNESS_OPTION_INVALID when the range holds no start, or when its highest rate needs too long a log */
function planOf(options: SustainOptions): SustainPlan {
  const { lowest, highest, precision, confirmations, probes, probe, curve } = options;
  const { slo, warmupMs, warmupLimitMs, ...defaults } = sustainDefaultsFor(options.engine);
  const from = options.from ?? Math.max(lowest, Math.min(defaults.from, highest));
  const refuse = (option: string, problem: string): Error =>
    harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command: COMMAND });
  if (lowest > from || from > highest) {
    throw refuse('--from', `${from} does not lie from --lowest (${lowest}) to --highest (${highest}).`);
  }
  const records = highest * (warmupLimitMs / 1_000 + probe);
  if (records > MOST_RECORDS) {
    const millions = Math.ceil(records / 1e6);
    throw refuse('--probe', `at --highest ${highest} a probe has ${millions} million records, 20 may be.`);
  }
  return {
    slo: options.slo ?? slo,
    from,
    lowest,
    highest,
    precision: precision / 100,
    confirmations,
    maximumProbes: probes,
    warmupMs,
    warmupLimitMs,
    probeMs: probe * 1_000,
    curve,
  };
}

async function cellOf(
  options: SustainOptions,
  sustain: SustainPlan,
  { workload, guarantee, profile, engine }: CellPlace,
): Promise<CellPlan> {
  const defaults = await cellDefaults(workload, engine, options.seed);
  return {
    ...defaults,
    heapMb: options.heap ?? defaults.heapMb,
    guarantee,
    ...cellSettings(pipelineNamed(engine), profile, options),
    measures: ['sustain'],
    ratePerSecond: sustain.from,
    producers: options.producers,
    sustain,
    log: await knobsOf(workload, options),
  };
}
