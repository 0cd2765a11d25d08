import { defineErrors } from '../errors/index.ts';

/** Errors of the harness and its command line. */
export const harnessErrors = defineErrors({
  // Printed by cli/bin.js, which an older Node must be able to run: a test holds its text against this row.
  HARNESS_NODE_TOO_OLD: {
    message: 'Node {version} cannot run this; Node {minimum} is needed.',
    hint: 'Inside the clone, run `npm install` once and then `npx crosscurrent …`: it runs on the Node 24 that the package brings.',
    exit: 'usage',
  },
  HARNESS_OPTION_INVALID: {
    message: 'Option {option}: {problem}',
    hint: 'See `npx crosscurrent {command} --help` for the values it takes and for examples.',
    exit: 'usage',
  },
  HARNESS_ENGINE_UNKNOWN: {
    message: 'There is no engine "{engine}".',
    hint: 'Engines: {known}. Give several with commas.',
    exit: 'usage',
  },
  HARNESS_KILL_COMMAND_MISSING: {
    message: 'Nothing here can kill a worker of the cluster that {engine} runs on.',
    hint: 'Give a command that does with --kill-command, or leave recovery out: --kills 0, or --measure latency,drain.',
    exit: 'usage',
  },
  HARNESS_ENGINE_ENDS: {
    message:
      'With these settings {engine} ends of itself once it has read what was there at its start, so there is no {measure} to measure.',
    hint: 'Measure how it drains a backlog, --measure drain, or give it a trigger without an end: --set trigger=processing-time.',
    exit: 'usage',
  },
  HARNESS_NO_RESTART: {
    message: 'The engine did not consume again within {seconds} s of a kill.',
    hint: "Where it runs on a cluster, see that something replaces what was killed; else its log says why it doesn't start.",
    exit: 'crash',
  },
  HARNESS_INTERRUPTED: {
    message: 'Interrupted.',
    hint: 'What was complete has been kept.',
    exit: 'interrupted',
  },
  HARNESS_OUTPUT_FOLDER: {
    message: 'Cannot write to the folder {folder}: {problem}',
    hint: 'Give another folder with --out.',
    exit: 'usage',
  },
  HARNESS_OUTPUT_PATH: {
    message: 'Cannot write {path}: {problem}',
    hint: 'Give another path behind the = of --format.',
    exit: 'usage',
  },
  HARNESS_FILE_SYSTEM: {
    message: 'The operating system refused: {problem}',
    hint: 'Check that the path is a file or a folder as the command takes it, that you may read or write it, and that there is space; choose where to write with --out, or behind the = of --format.',
    exit: 'usage',
  },
});
