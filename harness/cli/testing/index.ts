export { type Ended, runCommandLine, startCommand } from './command-line.ts';
