import { Command } from 'commander';
import {
  describeLog,
  type LogSpecification,
  loadWorkload,
  parseLog,
  type RecordedLog,
  serializeLog,
} from '../../../workloads/index.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { optionValues } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';
import { recordLogCommand } from './record-log.ts';

interface LogCommandOptions extends LogOptions {
  readonly workload: string[];
  readonly events: number;
  readonly file?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `log generate | record | hash | show`: the recorded input of a workload, without running anything. */
export function logCommand(terminal: Terminal): Command {
  const parent = new Command('log').description('Generates, records, hashes and shows logs.');
  const generate = withLog('generate', 'Writes the log to a file: one header line, then a record a line.')
    .requiredOption('--out <file>', 'the file to write')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx crosscurrent log generate --workload merchant-spend --events 1000000 --seed 7 --out merchant.log',
    )
    .action(async (options: LogCommandOptions) => {
      const log = await logOf(options);
      await serializeLog(log, options.out as string);
      terminal.result(`${log.sha256}  ${options.out}\n`);
    });
  const hash = withLog(
    'hash',
    'Prints the SHA-256 of the log: it depends on the specification alone, on every machine.',
  )
    .addHelpText(
      'after',
      '\nExample:\n  $ npx crosscurrent log hash --workload regional-revenue --events 100000 --late 0.01',
    )
    .action(async (options: LogCommandOptions) => {
      for (const workload of options.workload) {
        const log = await logOf({ ...options, workload: [workload] });
        terminal.result(`${log.sha256}  ${workload}\n`);
      }
    });
  const show = withLog(
    'show',
    'Describes the log: counts, key skew, disorder, late share, first and last records.',
  )
    .option('--file <file>', 'a log file, in place of the options; its hash is checked')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx crosscurrent log show --workload login-tracker --events 10000\n  $ npx crosscurrent log show --file merchant.log',
    )
    .action(async (options: LogCommandOptions) => {
      const log = options.file === undefined ? await logOf(options) : parseLog(options.file);
      const facts = describeLog(log);
      terminal.result(options.json ? `${JSON.stringify(facts)}\n` : `${JSON.stringify(facts, null, 2)}\n`);
    });
  return parent.addCommand(generate).addCommand(recordLogCommand(terminal)).addCommand(hash).addCommand(show);
}

function withLog(name: string, description: string): Command {
  const values = optionValues(`log ${name}`);
  const command = new Command(name)
    .description(description)
    .option('--workload <names>', WORKLOADS_HELP, workloadReferences(`log ${name}`), ['merchant-spend'])
    .option(
      '--events <n>',
      'records, sentinels not counted',
      values.whole('--events', 1, 20_000_000),
      100_000,
    );
  return addLogOptions(command, values);
}

async function logOf(options: LogCommandOptions): Promise<RecordedLog> {
  const workload = options.workload[0] as string;
  const specification: LogSpecification = {
    ...(await knobsOf(workload, options)),
    workload,
    seed: options.seed,
    events: options.events,
  };
  return (await loadWorkload(workload)).generate(specification);
}
