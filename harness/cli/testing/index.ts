export { runCommandLine, startCommand } from './command-line.ts';
