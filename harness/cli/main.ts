import { Command, CommanderError } from 'commander';
import { EXIT_CODE } from '../../errors/index.ts';
import { describeTool } from '../run/index.ts';
import { adviseCommand } from './commands/advise.ts';
import { brokerCommand } from './commands/broker.ts';
import { ceilingCommand } from './commands/ceiling.ts';
import { ciCommand } from './commands/ci.ts';
import { claimsCommand } from './commands/claims.ts';
import { compareCommand } from './commands/compare.ts';
import { conformanceCommand } from './commands/conformance.ts';
import { differCommand } from './commands/differ.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { historyCommand } from './commands/history.ts';
import { indexCommand } from './commands/index-page.ts';
import { logCommand } from './commands/log.ts';
import { matrixCommand } from './commands/matrix.ts';
import { noiseCommand } from './commands/noise.ts';
import { recoverCommand } from './commands/recover.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { soakCommand } from './commands/soak.ts';
import { sustainCommand } from './commands/sustain.ts';
import { handleOutputFailure } from './output-failure.ts';
import { showError } from './show-error.ts';
import { type Terminal, terminalOf } from './terminal.ts';

const EXIT_CODES_HELP = `
Exit codes:
  0    ok
  1    crash: a defect of this tool, or a run that failed
  2    usage or configuration
  3    regression, or a limit that is missed
  4    inconclusive
  5    oracle or conformance failure: an output is wrong
  6    invalid run: the figures would be worthless
  130  interrupted`;

/** Runs one command line and returns its exit code; never throws. */
export async function main(commandLine: readonly string[]): Promise<number> {
  const terminal = terminalOf(process);
  handleOutputFailure(process, terminal);
  let exitCode: number = EXIT_CODE.ok;
  const program = buildProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...commandLine], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.usage;
    return showError(terminal, error);
  }
}

function buildProgram(terminal: Terminal, exitWith: (code: number) => void): Command {
  const program = new Command('crosscurrent')
    .description('Compares an event-driven and a micro-batch stream engine on identical Kafka workloads.')
    .version(describeTool().version)
    .addHelpText('after', EXIT_CODES_HELP)
    .showHelpAfterError('See --help for options and examples.')
    .configureOutput({ writeOut: terminal.result, writeErr: terminal.note });
  for (const make of [
    runCommand,
    sustainCommand,
    matrixCommand,
    claimsCommand,
    noiseCommand,
    recoverCommand,
    soakCommand,
    ceilingCommand,
    reportCommand,
    compareCommand,
    differCommand,
    historyCommand,
    indexCommand,
    logCommand,
    brokerCommand,
    doctorCommand,
    explainCommand,
    adviseCommand,
    ciCommand,
    conformanceCommand,
  ]) {
    program.addCommand(make(terminal, exitWith));
  }
  // Sub-commands do not inherit these.
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap((parent) => parent.commands),
  ]) {
    command.exitOverride();
    command.configureOutput({ writeOut: terminal.result, writeErr: terminal.note });
  }
  return program;
}
