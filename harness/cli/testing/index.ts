export { type Ended, runCommandLine, runInTurn, startCommand } from './command-line.ts';
