import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EngineSettings } from '../../pipeline/index.ts';
import { systemClock } from '../../pipeline/process/index.ts';
import { CheckpointStore } from '../checkpoint/index.ts';
import { eventSettings } from '../settings/index.ts';
import { CheckpointCoordinator } from './checkpoint-coordinator.ts';
import type { CheckpointCommand, SlotCheckpoint, SlotCommand } from './slot-messages.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coordinator-'));
});
afterEach(() => rm(folder, { recursive: true }));

function partOf({ checkpointId, scope }: CheckpointCommand): SlotCheckpoint {
  return {
    checkpointId,
    inputs: [{ partition: 0, position: checkpointId, maxEventTimeMs: 0 }],
    watermarkMs: 0,
    lateRecords: 0,
    deadLetters: 0,
    operatorState: { broadcast: [], pending: [] },
    stateEntries: 0,
    alignmentMs: 0,
    overtakenElements: 0,
    channelBytes: 0,
    scope,
    bytes: scope === 'full' ? 100 : 1,
    pauseMs: 0,
  };
}

/** A coordinator over one slot whose part the test plays, and what is told, in order. */
function coordinate(settings: EngineSettings) {
  const told: string[] = [];
  const waiting: { readonly matches: (line: string) => boolean; readonly resolve: () => void }[] = [];
  const tell = (line: string) => {
    told.push(line);
    for (const { resolve } of waiting.filter(({ matches }) => matches(line))) resolve();
  };
  const commands: CheckpointCommand[] = [];
  const coordinator: CheckpointCoordinator = new CheckpointCoordinator({
    dataflow: 'test',
    group: 'test',
    inputs: [{ topic: 'input', partitions: 1 }],
    guarantee: 'at-least-once',
    settings: eventSettings.parse({ parallelism: 1, checkpointIntervalMs: 10, ...settings }),
    store: new CheckpointStore(folder),
    slots: [
      {
        send: (command: SlotCommand) => {
          if (command.kind === 'checkpoint') {
            commands.push(command);
            tell(`asked ${command.checkpointId} ${command.scope}`);
          } else if (command.kind === 'cancel-checkpoint') {
            tell(`cancel ${command.checkpointId}`);
          }
        },
      },
    ],
    collector: undefined,
    clock: systemClock,
    firstCheckpointId: 1,
    retained: [],
    onStep: () => {},
    onCompleted: ({ checkpointId }) => tell(`completed ${checkpointId}`),
    onFailed: (checkpointId, _reason, cause) => tell(`failed ${checkpointId} ${cause}`),
    onFatal: (error) => tell(`fatal ${(error as { code: string }).code}`),
  });
  return {
    coordinator,
    told,
    commands,
    /** Resolves when this is told, or was. */
    heard: (line: string) =>
      told.includes(line)
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            waiting.push({ matches: (told) => told === line, resolve });
          }),
    /** The slot's part of the newest checkpoint, its file included. */
    answer: async () => {
      const command = commands.at(-1) as CheckpointCommand;
      await writeFile(command.stateFile, 'state');
      coordinator.onCheckpoint(0, partOf(command));
    },
  };
}

test('one over its time fails and is cancelled; when the slot has answered nothing of it is left, and the next one is full', async () => {
  const { coordinator, told, heard, answer } = coordinate({
    checkpointTimeoutMs: 100,
    tolerableFailedCheckpoints: 1_000,
    incrementalCheckpoints: true,
  });
  coordinator.start();
  await heard('asked 1 full');
  await answer();
  await heard('asked 2 changes');
  await heard('failed 2 time-out');
  expect(told).toContain('cancel 2');
  await answer();
  await heard('asked 3 full');
  expect(await readdir(folder)).toEqual(['checkpoint-00000001', 'checkpoint-00000003']);
  await answer();
  await heard('completed 3');
  await coordinator.abandon('end');
  expect(told.filter((line) => line.startsWith('fatal'))).toEqual([]);
});

test('more failures in a row than are tolerated are fatal, and one that completes begins the count anew', async () => {
  const { coordinator, told, heard, answer } = coordinate({ tolerableFailedCheckpoints: 1 });
  const fail = (checkpointId: number) => coordinator.onCheckpointFailed(checkpointId, 'disk full');
  coordinator.start();
  await heard('asked 1 full');
  fail(1);
  await heard('asked 2 full');
  await answer();
  await heard('asked 3 full');
  fail(3);
  await heard('asked 4 full');
  expect(told.filter((line) => line.startsWith('fatal'))).toEqual([]);
  fail(4);
  await heard('fatal EVENT_CHECKPOINTS_FAILED');
  await coordinator.abandon('end');
  expect(await readdir(folder)).toContain('checkpoint-00000002');
  expect(await readdir(folder)).not.toContain('checkpoint-00000004');
});

test('changes are asked for until they outgrow the full snapshot or are many files', async () => {
  const { coordinator, commands, heard, answer } = coordinate({ incrementalCheckpoints: true });
  coordinator.start();
  for (let checkpointId = 1; checkpointId <= 11; checkpointId++) {
    await heard(`asked ${checkpointId} ${checkpointId % 10 === 1 ? 'full' : 'changes'}`);
    await answer();
    await heard(`completed ${checkpointId}`);
  }
  await coordinator.abandon('end');
  expect(commands.filter(({ scope }) => scope === 'full').length).toBeGreaterThanOrEqual(2);
});
