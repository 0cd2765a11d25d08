import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { GuardedCommands, GuardianMessage, GuardianOrder } from './guardian-protocol.ts';

const GUARDIAN = fileURLToPath(new URL('./guardian.ts', import.meta.url));

/** A JVM under its guardian, seen from the harness. */
export interface GuardedProcess {
  /** Resolves with the JVM's process id when the last command was started; never if it was not. */
  readonly started: Promise<number>;
  /** Resolves when the guardian, and so the JVM, has ended: with the reason if that was not ordered. */
  readonly ended: Promise<string | undefined>;
  order(order: GuardianOrder): void;
  /** Whether this process keeps the event loop of the harness alive. */
  holdEventLoop(hold: boolean): void;
}

export function startGuarded(commands: GuardedCommands): GuardedProcess {
  const guardian = spawn(process.execPath, [GUARDIAN, JSON.stringify(commands)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true,
  });
  const started = Promise.withResolvers<number>();
  let jvm: number | undefined;
  let reason: string | undefined;
  guardian.on('message', (message: GuardianMessage) => {
    if (message.type === 'ended') {
      reason = message.reason;
    } else {
      jvm = message.processId;
      started.resolve(jvm);
    }
  });
  return {
    started: started.promise,
    ended: once(guardian, 'exit').then(
      () => {
        if (guardian.signalCode !== null && jvm !== undefined) killQuietly(jvm);
        return guardian.exitCode === 0
          ? reason
          : `its guardian ended (${guardian.signalCode ?? guardian.exitCode})`;
      },
      (failure: Error) => failure.message,
    ),
    order: (order) => {
      if (guardian.connected) guardian.send(order, () => {});
    },
    holdEventLoop: (hold) => holdEventLoop(guardian, hold),
  };
}

function holdEventLoop(guardian: ChildProcess, hold: boolean): void {
  if (hold) {
    guardian.ref();
    guardian.channel?.ref();
  } else {
    guardian.unref();
    guardian.channel?.unref();
  }
}

function killQuietly(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It had ended.
  }
}
