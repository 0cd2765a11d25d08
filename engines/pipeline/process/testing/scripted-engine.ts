import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pipelineErrors } from '../../errors.ts';
import { type EngineEnvironment, type EngineProgram, hostEngine } from '../index.ts';

/** A small real engine for the supervisor's tests: it counts up a position, keeps it in a file, and misbehaves as `settings.script` says. */
const program: EngineProgram = {
  start: async (environment) => {
    const { deployment, incarnation, report } = environment;
    beforeRunning(environment);
    const file = join(deployment.stateFolder, 'position');
    let position = restore(file);
    report({ kind: 'restored', positions: [position] });
    const failure = Promise.withResolvers<never>();
    const work = setInterval(() => {
      position++;
      keep(file, position);
      if (deployment.settings.script === 'fail-later') failure.reject(new Error('poison record'));
      if (deployment.settings.script === 'wedge-once' && incarnation === 1) spin();
    }, 5);
    const failSlot = () => {
      report({ kind: 'slot-failed', slot: 0, cause: 'as the script says', positions: [position] });
      report({ kind: 'restored', positions: [position] });
      report({ kind: 'running' });
    };
    if (deployment.settings.script === 'busy') busy();
    if (deployment.settings.script === 'garbage') garbage();
    if (deployment.settings.script === 'slots-fail-later') setInterval(failSlot, 50);
    return {
      progress: () => ({
        positions: [position],
        committedPositions: String(deployment.settings.script).endsWith('fail-later') ? [0] : [position],
        watermarkMs: null,
        lateRecords: 0,
        lateRowsSparkCount: null,
        deadLetters: 0,
      }),
      stop: async ({ drain }) => {
        clearInterval(work);
        if (deployment.settings.script === 'die-in-first-stop' && incarnation === 1) {
          process.kill(process.pid, 'SIGKILL');
          await new Promise(() => {});
        }
        if (drain) position += 1_000_000;
        keep(file, position);
      },
      failSlot,
      failed: failure.promise,
    };
  },
};

function beforeRunning({ deployment, incarnation, clock, report }: EngineEnvironment): void {
  switch (deployment.settings.script) {
    case 'refuse':
      throw pipelineErrors.error('PIPELINE_SETTING_INVALID', {
        engine: 'event',
        setting: 'slots',
        value: -1,
        reason: 'too small',
        known: 'slots',
      });
    case 'throw':
      throw new Error('nothing to hold on to');
    case 'exit':
      process.stderr.write('last words\n');
      process.exit(3);
      break;
    case 'report':
      report({
        kind: 'checkpoint-completed',
        checkpoint: {
          checkpointId: incarnation,
          startedAtNs: clock.monotonicNs(),
          durationMs: 2,
          pauseMs: 1,
          bytesWritten: 9,
        },
      });
  }
}

function restore(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/** Whole or not at all: a SIGKILL may come at any instant. */
function keep(file: string, position: number): void {
  writeFileSync(`${file}.new`, String(position));
  renameSync(`${file}.new`, file);
}

function spin(): never {
  for (;;);
}

/** Neither the main thread nor a worker ever gives way: only the parent watch can end this process when the parent is gone. */
function busy(): void {
  const worker = 'for (;;);';
  new Worker(worker, { eval: true });
  setTimeout(spin, 300);
}

/** Makes a worker collect, and tell of it; the main thread stays quiet. */
function garbage(): void {
  new Worker(new URL('./littering-thread.ts', import.meta.url));
}

hostEngine(program);
