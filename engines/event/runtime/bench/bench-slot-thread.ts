import { type MessagePort, parentPort } from 'node:worker_threads';
import { systemClock } from '../../../pipeline/process/index.ts';
import { createSlot } from '../slot.ts';
import type { SlotLoop } from '../slot-loop.ts';
import type { SlotReport } from '../slot-messages.ts';
import type { BenchCommand, BenchJob, BenchReport } from './bench-messages.ts';
import { createDecodedSlot } from './decoded-slot.ts';
import { OpenLoopInput, type OpenLoopSchedule } from './open-loop-input.ts';
import { scriptedClient } from './scripted-client.ts';

/** A slot's thread in a benchmark: given a BenchJob first, then commands. */
const port = parentPort as MessagePort;
const tell = (report: BenchReport): void => port.postMessage(report);
const fail = (error: unknown): void => tell({ kind: 'failed', reason: String(error) });
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

let slot: SlotLoop | undefined;
let startNs = 0n;
let results = 0;
const outMs: number[] = [];
const dueMs: number[] = [];
const elapsedMs = (): number => Number(systemClock.monotonicNs() - startNs) / 1e6;

const onReport = (report: SlotReport): void => {
  if (report.kind === 'failed') fail(report.error);
};

port.on('message', (message: BenchJob | BenchCommand) => {
  if ('job' in message) {
    create(message).then((created) => {
      slot = created;
      tell({ kind: 'ready' });
    }, fail);
    return;
  }
  switch (message.kind) {
    case 'start':
      startNs = message.startNs;
      slot?.command({ kind: 'start' });
      return;
    case 'look': {
      const { user, system } = process.threadCpuUsage();
      const look = { atNs: systemClock.monotonicNs(), results, cpuUs: user + system, outMs, dueMs };
      tell({ kind: 'look', look });
      return;
    }
  }
});

function create({ job, work }: BenchJob): Promise<SlotLoop> {
  const parts = { job, clock: systemClock, report: onReport };
  switch (work.kind) {
    case 'decoded':
      return createDecodedSlot({ ...parts, keys: work.keys, onResult: () => results++ });
    case 'open-loop':
      return createSlot({ ...parts, client: openLoopClient(work.schedule) });
  }
}

function openLoopClient(schedule: OpenLoopSchedule) {
  return scriptedClient(new OpenLoopInput(schedule, elapsedMs), ({ value }) => {
    results++;
    outMs.push(elapsedMs());
    dueMs.push(JSON.parse(value as string).dueMs);
  });
}
