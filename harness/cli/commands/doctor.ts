import { Command } from 'commander';
import { EXIT_CODE } from '../../../errors/index.ts';
import { checkPrerequisites } from '../../../kafka/index.ts';
import { checkRealEngines } from '../real-engine-prerequisites.ts';
import type { Terminal } from '../terminal.ts';

/** Says what this machine has of what is needed, and how to get the rest. */
export function doctorCommand(terminal: Terminal, exitWith: (code: number) => void): Command {
  return new Command('doctor')
    .description(
      'Checks the prerequisites, also of the real Flink and Spark, and says how to get what is missing.',
    )
    .option('--json', 'print as JSON')
    .addHelpText('after', '\nExample:\n  $ npx crosscurrent doctor')
    .action(async (options: { readonly json?: boolean }) => {
      const checks = [...(await checkPrerequisites()), ...(await checkRealEngines())];
      if (options.json) terminal.result(`${JSON.stringify(checks)}\n`);
      else {
        for (const { name, found, ok, required, fix } of checks) {
          const state = ok ? 'ok     ' : required ? 'MISSING' : 'absent ';
          terminal.result(`${state}  ${name.padEnd(16)} ${found ?? '-'}${ok ? '' : `\n         ${fix}`}\n`);
        }
      }
      if (checks.some(({ ok, required }) => required && !ok)) exitWith(EXIT_CODE.usage);
    });
}
