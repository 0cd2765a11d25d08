import { Command } from 'commander';
import { EXIT_CODE } from '../../../errors/index.ts';
import { harnessErrors } from '../../errors.ts';
import {
  continueMatrix,
  type MatrixPlan,
  matrixExample,
  matrixJsonSchema,
  planMatrix,
  readMatrix,
  standingOf,
} from '../../matrix/index.ts';
import { type Clusters, plannedSessionMs, roughly } from '../../run/index.ts';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { addClusterOptions, type ClusterOptions, clustersOf } from '../cluster-options.ts';
import { conclude } from '../conclude.ts';
import { interruptible } from '../interruption.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent matrix --print-example > matrix.yaml
  $ npx crosscurrent matrix matrix.yaml --dry-run
  $ npx crosscurrent matrix matrix.yaml --out results/matrix     # again after Ctrl-C: it goes on where it was
  $ npx crosscurrent matrix matrix.yaml --out results/matrix --restart

Every run has fresh processes and fresh topics. Repeats are interleaved A B B A.`;

interface MatrixOptions extends BrokerOptions, ClusterOptions {
  readonly out: string;
  readonly restart?: boolean;
  readonly dryRun?: boolean;
  readonly printExample?: boolean;
  readonly printSchema?: boolean;
  readonly warmUp: boolean;
  readonly json?: boolean;
}

/** `matrix FILE`: everything that a file asks for, in one result that may be interrupted and continued. */
export function matrixCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  const command = new Command('matrix')
    .description(
      'Runs a matrix of workloads, engines, profiles, guarantees and rates; continues one that was interrupted.',
    )
    .argument('[file]', 'YAML or JSON')
    .option('--out <folder>', 'folder for the result and its reports', 'results/matrix')
    .option('--restart', 'throw away what the folder holds and begin anew')
    .option('--dry-run', 'print what would run, and how long it takes, and run nothing')
    .option('--print-example', 'print a matrix file with every field explained')
    .option('--print-schema', 'print the JSON Schema of a matrix file, for editors')
    .option(
      '--no-warm-up',
      'skip the discarded run of each embedded engine that warms the broker and compiled code',
    )
    .option('--json', 'print the result as JSON instead of the table')
    .addHelpText('after', EXAMPLES);
  return addClusterOptions(addBrokerOptions(command)).action(
    async (file: string | undefined, options: MatrixOptions) => {
      if (options.printExample) return terminal.result(matrixExample());
      if (options.printSchema) return terminal.result(`${JSON.stringify(matrixJsonSchema(), null, 2)}\n`);
      if (file === undefined) {
        const problem = 'is missing: give the path of a matrix file.';
        throw harnessErrors.error('HARNESS_OPTION_INVALID', { option: 'FILE', problem, command: 'matrix' });
      }
      const matrix = await readMatrix(file);
      const clusters = clustersOf(options, matrix.engines, 'matrix');
      const plan = await planMatrix(matrix, file, clusters);
      if (options.dryRun) return terminal.result(describePlan(plan));
      exitWith(await runMatrix(plan, clusters, options, terminal));
    },
  );
}

async function runMatrix(
  plan: MatrixPlan,
  clusters: Clusters,
  options: MatrixOptions,
  terminal: Terminal,
): Promise<number> {
  const standing = await standingOf(plan, options.out, options.restart === true);
  const { earlier, runsLeft, timeLeftMs } = standing;
  const done = plan.runs.length - runsLeft;
  terminal.progress(
    `matrix: ${plan.cells.length} cells, ${plan.runs.length} runs${done > 0 ? `, ${done} of them done` : ''}; about ${roughly(timeLeftMs)}`,
  );
  if (earlier && runsLeft === 0) return await conclude(earlier, options, terminal);
  return await interruptible(terminal, async (signal) => {
    const broker = await openNamedBroker(options, terminal);
    try {
      const result = await continueMatrix(plan, standing, {
        broker,
        clusters,
        command: ['crosscurrent', ...process.argv.slice(2)],
        outputFolder: options.out,
        warmUp: options.warmUp,
        signal,
        progress: terminal.progress,
        live: terminal.live,
      });
      const exitCode = await conclude(result, options, terminal);
      if (!signal.aborted) return exitCode;
      terminal.progress('interrupted: the same command goes on from here');
      return EXIT_CODE.interrupted;
    } finally {
      await broker.stop();
    }
  });
}

/** One line a run, in the order of the session. */
function describePlan(plan: MatrixPlan): string {
  const width = String(plan.runs.length).length;
  const lines = plan.runs.map(({ cell, measure, repeat }, index) => {
    const { workload, engine, profile, guarantee, ratePerSecond } = cell;
    const number = String(index + 1).padStart(width);
    return `${number}  ${workload}  ${engine}  ${profile}  ${guarantee}  ${ratePerSecond}/s  ${measure}  repeat ${repeat}`;
  });
  const time = roughly(plannedSessionMs(plan));
  return `${lines.join('\n')}\n\n${plan.cells.length} cells, ${plan.runs.length} runs, about ${time}\n`;
}
