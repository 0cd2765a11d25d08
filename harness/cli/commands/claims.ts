import { join } from 'node:path';
import { Command } from 'commander';
import { EXIT_CODE } from '../../../errors/index.ts';
import { CLAIMS, type ClaimId, type Ledger } from '../../../reports/claims/index.ts';
import { renderClaimsHtml } from '../../../reports/html/claims/index.ts';
import { renderClaimsMarkdown } from '../../../reports/markdown/index.ts';
import { writeWhole } from '../../../reports/model/index.ts';
import { renderClaimsText } from '../../../reports/text/index.ts';
import {
  type ClaimExperiment,
  claimExperiments,
  describeExperiments,
  exitReasonOfClaims,
  findResults,
  ledgerOf,
  runExperiments,
  type StandingExperiment,
  standingExperiment,
} from '../../claims/index.ts';
import { harnessErrors } from '../../errors.ts';
import { describeTool } from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { interruptible } from '../interruption.ts';
import { optionValues } from '../option-values.ts';
import { checkRealEngines } from '../real-engine-prerequisites.ts';
import type { Terminal } from '../terminal.ts';

const IDS = CLAIMS.map(({ id }) => id);

const EXAMPLES = `
Examples:
  $ npx crosscurrent claims --dry-run            # what would run, and how long it takes
  $ npx crosscurrent claims                      # again after Ctrl-C: it goes on where it was
  $ npx crosscurrent claims --claim G5 --claim G9
  $ npx crosscurrent claims --real               # on the real Flink and Spark too
  $ npx crosscurrent claims --no-run --json      # judge what is there

Claims share experiments. Each is a matrix of its own: its result and report lie in OUT/embedded/NAME or OUT/real/NAME; one
whose folder is removed is run anew. The ledger in OUT (claims.json, claims.md, claims.html) holds every claim; --claim
chooses what is run and shown. A claim that does not hold is an answer, and no failure: the exit code is 0. It is 5 where an
output was wrong, and 6 where a claim was not measured because runs were refused.`;

interface ClaimsOptions extends BrokerOptions {
  readonly claim?: readonly ClaimId[];
  readonly real?: boolean;
  readonly out: string;
  readonly dryRun?: boolean;
  readonly run: boolean;
  readonly restart?: boolean;
  readonly warmUp: boolean;
  readonly json?: boolean;
}

/** `claims`: measures what published claims rest on, and judges them. */
export function claimsCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const parse = optionValues('claims').choices('--claim', IDS);
  const command = new Command('claims')
    .description('Tests published claims about the two models: do they hold here, where, and by how much?')
    .option(
      '--claim <id>',
      `one claim, repeatable: ${IDS.join(', ')} (default: all)`,
      (text: string, before: readonly ClaimId[] = []) => [...new Set([...before, ...parse(text)])],
    )
    .option('--real', 'on the real Apache Flink and Spark too')
    .option('--out <folder>', 'folder for the ledger and the results that it rests on', 'results/claims')
    .option('--dry-run', 'print what would run, and how long it takes, and run nothing')
    .option('--no-run', 'judge what the folder holds, and run nothing')
    .option('--restart', 'throw away what the folder holds of these experiments and begin anew')
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--json', 'print the ledger as JSON instead of the text')
    .addHelpText('after', EXAMPLES);
  return addBrokerOptions(command).action(async (options: ClaimsOptions) => {
    if (options.restart && !options.run) {
      const problem = 'throws results away, and --no-run makes none. Leave one of the two out.';
      throw harnessErrors.error('HARNESS_OPTION_INVALID', {
        option: '--restart',
        problem,
        command: 'claims',
      });
    }
    exitWith(await claims(options, terminal));
  });
}

async function claims(options: ClaimsOptions, terminal: Terminal): Promise<number> {
  const chosen = CLAIMS.filter(({ id }) => options.claim?.includes(id) ?? true);
  const isAsked = ({ pair, claims }: ClaimExperiment): boolean =>
    (pair === 'embedded' || options.real === true) && chosen.some(({ id }) => claims.includes(id));
  const experiments = claimExperiments(options.out);
  const asked: StandingExperiment[] = [];
  for (const each of experiments.filter(isAsked)) {
    asked.push(await standingExperiment(each, options.restart === true));
  }
  if (options.dryRun) {
    terminal.result(`${describeExperiments(asked)}\n`);
    await noteMissing(options, terminal);
    return EXIT_CODE.ok;
  }
  let isInterrupted = false;
  if (options.run) {
    terminal.note(`${describeExperiments(asked)}\n`);
    const left = asked.filter(({ standing }) => standing.runsLeft > 0);
    if (left.length > 0) {
      await noteMissing(options, terminal);
      isInterrupted = await measure(left, options, terminal);
    }
  }
  const found = await findResults(experiments, asked);
  const ledger = ledgerOf([...found.asked, ...found.others], {
    createdAt: new Date().toISOString(),
    tool: describeTool(),
    remarks: found.remarks,
    real: options.real === true,
  });
  const htmlPath = await writeLedger(ledger, options.out);
  if (options.json) terminal.result(`${JSON.stringify(ledger)}\n`);
  else {
    const text = renderClaimsText(ledger, chosen, { colour: terminal.colour });
    terminal.result(`${text}\nledger: ${htmlPath}\n`);
  }
  if (!isInterrupted) return EXIT_CODE[exitReasonOfClaims(ledger, chosen, found.asked)];
  terminal.progress('interrupted: the same command goes on from here');
  return EXIT_CODE.interrupted;
}

/** Tells what the real systems will lack or fetch on this machine. */
async function noteMissing({ real }: ClaimsOptions, terminal: Terminal): Promise<void> {
  if (!real) return;
  for (const { name, found, ok, fix } of await checkRealEngines()) {
    if (!ok) terminal.note(`${name}: ${found ?? 'absent'}. ${fix}\n`);
  }
}

/** Runs what is left. Returns whether the user interrupted it. */
async function measure(
  left: readonly StandingExperiment[],
  options: ClaimsOptions,
  terminal: Terminal,
): Promise<boolean> {
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      await runExperiments(left, {
        broker,
        command: ['crosscurrent', ...process.argv.slice(2)],
        warmUp: options.warmUp,
        signal,
        progress: terminal.progress,
        live: terminal.live,
      });
      return signal.aborted;
    } finally {
      await broker.stop();
    }
  });
}

/** Each file is whole or not there; the ledger comes first. Returns the path of what a person reads. */
async function writeLedger(ledger: Ledger, folder: string): Promise<string> {
  const htmlPath = join(folder, 'claims.html');
  await writeWhole(join(folder, 'claims.json'), `${JSON.stringify(ledger)}\n`);
  await writeWhole(join(folder, 'claims.md'), renderClaimsMarkdown(ledger, CLAIMS));
  await writeWhole(htmlPath, renderClaimsHtml(ledger));
  return htmlPath;
}
