import { Command } from 'commander';
import { EXIT_CODE, type ExitReason } from '../../../errors/index.ts';
import type { Result } from '../../../reports/model/index.ts';
import { type CellPlan, cellDefaults, DEFAULT_ATTEMPTS, runFloors } from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { conclude } from '../conclude.ts';
import { interruptible } from '../interruption.ts';
import { addLogOptions, knobsOf, type LogOptions } from '../log-options.ts';
import { optionValues } from '../option-values.ts';
import { addScheduleOptions, plannedSchedule, type ScheduleOptions } from '../schedule-options.ts';
import type { Terminal } from '../terminal.ts';
import { WORKLOADS_HELP, workloadReferences } from '../workload-option.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent ceiling                                     # merchant-spend at 5,000 records/s
  $ npx crosscurrent ceiling --workload all --rate 20000 --duration 20
  $ npx crosscurrent ceiling --rate 300000 --producers 2 --events 3000000
  $ npx crosscurrent ceiling --brokers kafka1:9093 --client-config client.properties

No engine takes part: the observer reads the input topic and compares every record with the log.
  ceiling   records a second when the log is sent as fast as the broker takes it
  floor     latency at --rate`;

interface CeilingOptions extends LogOptions, BrokerOptions, ScheduleOptions {
  readonly workload: string[];
  readonly events: number;
  readonly attempts: number;
  readonly out: string;
  readonly json?: boolean;
}

/** What generator, broker and observer pass on this machine with no engine between. */
export function ceilingCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const values = optionValues('ceiling');
  const command = new Command('ceiling')
    .description('Measures what generator, broker and observer pass on this machine with no engine.')
    .option('--workload <names>', WORKLOADS_HELP, workloadReferences('ceiling'), ['merchant-spend'])
    .option(
      '--events <n>',
      'records sent for the ceiling',
      values.whole('--events', 1_000, 20_000_000),
      1_000_000,
    )
    .option(
      '--attempts <n>',
      'how often a floor that is refused as invalid is measured in all',
      values.whole('--attempts', 1, 100),
      DEFAULT_ATTEMPTS,
    )
    .option('--out <folder>', 'folder for result.json and the reports', 'results/ceiling')
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  addLogOptions(addBrokerOptions(addScheduleOptions(command, values)), values);
  return command.action(async (options: CeilingOptions) => {
    exitWith(await ceiling(options, terminal));
  });
}

async function ceiling(options: CeilingOptions, terminal: Terminal): Promise<number> {
  const cells = await Promise.all(options.workload.map((workload) => cellOf(options, workload)));
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      const result = await runFloors(cells, {
        attempts: options.attempts,
        broker,
        seed: options.seed,
        command: ['crosscurrent', ...process.argv.slice(2)],
        outputFolder: options.out,
        signal,
        progress: terminal.progress,
        live: terminal.live,
      });
      await conclude(result, options, terminal);
      return EXIT_CODE[signal.aborted ? 'interrupted' : exitReasonOf(result, cells.length)];
    } finally {
      await broker.stop();
    }
  });
}

/** A floor that could not be measured is a failed run, as progress has said; one that was refused is invalid. */
function exitReasonOf({ floors }: Result, wanted: number): ExitReason {
  if (floors.length < wanted) return 'crash';
  return floors.some(({ remarks }) => remarks.some(({ level }) => level === 'invalid')) ? 'invalid' : 'ok';
}

async function cellOf(options: CeilingOptions, workload: string): Promise<CellPlan> {
  return {
    // A floor has no engine; the cell's is not used.
    ...(await cellDefaults(workload, 'event', options.seed)),
    ...plannedSchedule(options),
    drainEvents: options.events,
    log: await knobsOf(workload, options),
  };
}
