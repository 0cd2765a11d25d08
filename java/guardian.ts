/**
 * Entry of the process that stands between the harness and a JVM. The JVM must not outlive the harness, however
 * that ends: when the harness dies, also by SIGKILL, the operating system closes the channel to this process, which then
 * kills the JVM and removes its data. It runs in a process group of its own, so Ctrl-C reaches the harness alone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import type { GuardedCommands, GuardianMessage, GuardianOrder } from './guardian-protocol.ts';

const { program, commands, outputFile, folder, dataFolder } = JSON.parse(
  process.argv[2] as string,
) as GuardedCommands;

let current: ChildProcess | undefined;
let ordered: GuardianOrder | undefined;

process.on('disconnect', () => end({ signal: 'SIGKILL', keepLogs: false }));
process.on('message', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => end({ signal: 'SIGKILL', keepLogs: false }));
run(0);

function run(index: number): void {
  const output = openSync(outputFile, 'a');
  const child = spawn(program, commands[index] as string[], { stdio: ['ignore', output, output] });
  closeSync(output);
  current = child;
  const last = index === commands.length - 1;
  if (last && child.pid !== undefined) report({ type: 'started', processId: child.pid });
  child.once('error', (failure) => finish(index, failure.message));
  child.once('exit', (code, signal) => {
    if (ordered === undefined && !last && code === 0) run(index + 1);
    else finish(index, signal === null ? `it exited with code ${code}` : `it was ended by ${signal}`);
  });
}

function end(order: GuardianOrder): void {
  // The first order decides about the logs; a second one may only hurry.
  ordered ??= order;
  current?.kill(order.signal);
}

function finish(command: number, reason: string): void {
  const keepLogs = ordered?.keepLogs ?? true;
  rmSync(keepLogs ? dataFolder : folder, { recursive: true, force: true });
  if (ordered === undefined && process.connected) report({ type: 'ended', command, reason });
  if (process.connected) process.disconnect();
  process.exitCode = 0;
}

function report(message: GuardianMessage): void {
  // The channel may close between the check and the write; its 'disconnect' deals with that.
  if (process.connected) process.send?.(message, () => {});
}
