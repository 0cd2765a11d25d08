import { join } from 'node:path';
import { Command } from 'commander';
import { EXIT_CODE, type ExitReason } from '../../../errors/index.ts';
import { candidatesOf, type Objective } from '../../../reports/advice/index.ts';
import type { AdviceReport, Verification } from '../../../reports/advice-wording/index.ts';
import { writeReports } from '../../../reports/index.ts';
import { renderAdviceJson } from '../../../reports/json/index.ts';
import { RESULT_FILE_NAME, type Result } from '../../../reports/model/index.ts';
import { renderAdviceText } from '../../../reports/text/index.ts';
import {
  aboutOf,
  adviseErrors,
  answer,
  type Conversation,
  conversationOn,
  durationMsOf,
  ESTATES,
  type GivenOptions,
  MOST_KEYS,
  needsOf,
  objectiveOf,
  parseRate,
  quantityOption,
  runsAgain,
  verificationOf,
} from '../../advise/index.ts';
import { harnessErrors } from '../../errors.ts';
import {
  type Clusters,
  exitReasonOf,
  GUARANTEES,
  type PlannedRun,
  requireRunnable,
  runSession,
} from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';
import { workloadReferences } from '../workload-option.ts';

const COMMAND = 'advise';
const SEED = 1;
/** Where results of `--verify` are kept, each in a folder of its own: they are evidence the next time. */
const VERIFIED = 'results/advise-verify';

const EXAMPLES = `
Examples:
  $ npx crosscurrent advise --slo p99=100ms --rate 5000
  $ npx crosscurrent advise --slo p99=1s,p50=400ms --rate 5k --guarantee exactly-once --recovery 5s --cost cpu=20
  $ npx crosscurrent advise --slo p99=100ms --rate 5000 --needs late-side-output,pattern --estate flink
  $ npx crosscurrent advise results/mine docs/results/bench.json --slo p99=1s --rate 5000 --json
  $ npx crosscurrent advise --slo p99=100ms --rate 20000 --verify
  $ npx crosscurrent advise                    # on a terminal: asks for what was not given

It answers from measured results and runs nothing without --verify. How it decides: docs/advice.md.

Exit codes: 0 something meets every limit, and with --verify did so again; 3 a limit is missed, by all or when it was measured again;
4 not known: nothing suitable was measured, or fresh runs do not settle it; 5 a wrong output; 6 no fresh run was valid.`;

interface AdviseOptions extends Omit<GivenOptions, 'workload'>, BrokerOptions, ClusterOptions {
  readonly workload: readonly string[];
  readonly machine?: string;
  readonly questions: boolean;
  readonly verify?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

/** `advise`: which engine and settings for a job, from what was measured. */
export function adviseCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues(COMMAND);
  const command = new Command(COMMAND)
    .description('Advises on an engine and its settings for a job, with the measured evidence.')
    .argument('[results...]', 'result files, or folders of them (default: results and docs/results)')
    .option(
      '--slo <limits>',
      'limits on p50, p99, p99.9 and recovery, as in p99=100ms,p50=20ms; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--rate <n>', 'events a second: 20000, 20k, 2e4', parseRate)
    .option('--recovery <time>', 'first output after a SIGKILL at the latest: 5s', recoveryOption)
    .option('--guarantee <name>', `at least this: ${GUARANTEES.join(', ')}`, guaranteeOption, 'at-least-once')
    .option(
      '--keys <n>',
      'distinct keys that the state holds: 1e6',
      quantityOption('--keys', { least: 1, most: MOST_KEYS, whole: true }),
    )
    .option('--cost <limit>', 'CPU seconds per million events at most: cpu=20', costOption)
    .option(
      '--workload <name>',
      'whose measurements stand for the job: a built-in name, or ./PATH of your own',
      workloadReferences(COMMAND),
      ['merchant-spend'],
    )
    .option('--needs <names>', 'capabilities that the job needs (docs/capabilities.md), or none', needsOf)
    .option('--estate <system>', `what runs in the house already: ${ESTATES.join(', ')}`, estateOption)
    .option('--batch-on-same-code', 'the same code is to run over stored data too')
    .option('--no-batch-on-same-code', 'it is not')
    .option('--machine <text>', 'of results from several machines those of this one (default: the newest)')
    .option('--no-questions', 'ask nothing on a terminal either')
    .option('--verify', 'run what is advised at this rate, on real Kafka, and confirm or withdraw it')
    .option('--out <folder>', `folder for the result of --verify (default: a new one in ${VERIFIED})`)
    .option('--json', 'print the advice as JSON')
    .addHelpText('after', EXAMPLES);
  addClusterOptions(addBrokerOptions(command));
  return command.action(async (paths: readonly string[], options: AdviseOptions) => {
    exitWith(await adviseOn(paths, options, terminal));
  });

  function guaranteeOption(text: string) {
    const [guarantee, ...more] = values.choices('--guarantee', GUARANTEES)(text);
    if (guarantee === undefined || more.length > 0) throw refusal('--guarantee', 'name one guarantee.');
    return guarantee;
  }

  function estateOption(text: string) {
    const [estate, ...more] = values.choices('--estate', ESTATES)(text);
    if (estate === undefined || more.length > 0) throw refusal('--estate', 'name one system.');
    return estate;
  }
}

function recoveryOption(text: string): number {
  const recoveryMs = durationMsOf(text);
  if (recoveryMs !== null && recoveryMs > 0) return recoveryMs;
  throw refusal('--recovery', `"${text}" is not a time above 0 with its unit, as in 500ms, 5s or 2min.`);
}

const parseCost = quantityOption('--cost', { least: 0.001, most: 1_000_000 });

function costOption(text: string): number {
  const [, metric, limit] = /^\s*(?:(\w+)\s*=)?\s*(.*)$/.exec(text) ?? [];
  if (metric !== undefined && metric !== 'cpu') {
    throw refusal(
      '--cost',
      `there is no cost "${metric}"; cpu is known, CPU seconds per million events: cpu=20.`,
    );
  }
  return parseCost(limit ?? '');
}

const refusal = (option: string, problem: string): Error =>
  harnessErrors.error('HARNESS_OPTION_INVALID', { option, problem, command: COMMAND });

async function adviseOn(
  paths: readonly string[],
  options: AdviseOptions,
  terminal: Terminal,
): Promise<number> {
  if (options.verify && options.broker === 'log') {
    throw refusal('--broker', 'figures without Kafka confirm nothing that was measured with it.');
  }
  const objective = await askedObjective(options);
  const report = await answer(objective, { paths, machine: options.machine ?? null });
  const configurations = candidatesOf(report.advice).map(({ configuration }) => configuration);
  if (!options.verify || configurations.length === 0) {
    show(report, options, terminal);
    return EXIT_CODE[reasonOf(report)];
  }
  const runs = await runsAgain(configurations, objective);
  return await verify(report, runs, options, terminal);
}

async function askedObjective(options: AdviseOptions): Promise<Objective> {
  const [workload, ...more] = options.workload;
  if (workload === undefined || more.length > 0) throw refusal('--workload', 'name one workload.');
  const given = { ...options, workload, slo: options.slo ?? [] };
  const canAsk = options.questions && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const conversation: Conversation | null = canAsk ? conversationOn(process.stdin, process.stderr) : null;
  try {
    return await objectiveOf(given, conversation);
  } finally {
    conversation?.close();
  }
}

function show(report: AdviceReport, { json }: AdviseOptions, terminal: Terminal): void {
  terminal.result(json ? renderAdviceJson(report) : renderAdviceText(report, { colour: terminal.colour }));
}

/** Shows the advice first, since the runs take minutes, and again with what they came to. */
async function verify(
  report: AdviceReport,
  runs: readonly PlannedRun[],
  options: AdviseOptions,
  terminal: Terminal,
): Promise<number> {
  const cells = [...new Set(runs.map(({ cell }) => cell))];
  const clusters = clustersOf(
    options,
    cells.map(({ engine }) => engine),
    COMMAND,
  );
  requireReproducible(report);
  await requireRunnable(cells, clusters);
  if (!options.json) terminal.note(`${renderAdviceText(report, { colour: false })}\\n`);
  terminal.progress(`verify: ${runs.length} runs, about ${aboutOf(runs)}`);
  const out = options.out ?? join(VERIFIED, new Date().toISOString().replaceAll(/[:.]/g, '-'));
  return await interruptible(terminal, async (signal) => {
    const result = await measured(runs, out, { options, clusters, signal, terminal });
    await writeReports(result, out);
    if (signal.aborted) return EXIT_CODE.interrupted;
    const { objective } = report.advice;
    const verification = verificationOf(objective, result, join(out, RESULT_FILE_NAME));
    show({ ...report, verification }, options, terminal);
    const reason = exitReasonOf(result);
    return EXIT_CODE[reason === 'oracle' || reason === 'crash' ? reason : verifiedReason(verification)];
  });
}

function requireReproducible({ next }: AdviceReport): void {
  if (next === null) throw adviseErrors.error('ADVISE_NOT_REPRODUCIBLE');
}

async function measured(
  runs: readonly PlannedRun[],
  out: string,
  on: {
    readonly options: AdviseOptions;
    readonly clusters: Clusters;
    readonly signal: AbortSignal;
    readonly terminal: Terminal;
  },
): Promise<Result> {
  const { options, clusters, signal, terminal } = on;
  const broker = await openNamedBroker(options, terminal);
  try {
    return await runSession({
      runs,
      broker,
      clusters,
      seed: SEED,
      command: ['crosscurrent', ...process.argv.slice(2)],
      outputFolder: out,
      warmUp: true,
      floors: true,
      signal,
      progress: terminal.progress,
      live: terminal.live,
    });
  } finally {
    await broker.stop();
  }
}

function reasonOf({ advice }: AdviceReport): ExitReason {
  switch (advice.kind) {
    case 'recommended':
    case 'either':
      return 'ok';
    case 'none-meets':
      return 'regression';
    case 'no-evidence':
      return 'inconclusive';
  }
}

function verifiedReason({ outcome }: Verification): ExitReason {
  switch (outcome) {
    case 'confirmed':
      return 'ok';
    case 'withdrawn':
      return 'regression';
    case 'open':
      return 'inconclusive';
    case 'refused':
      return 'invalid';
  }
}
