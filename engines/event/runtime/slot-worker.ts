import { parentPort } from 'node:worker_threads';
import { systemClock, toWireError } from '../../pipeline/process/index.ts';
import { createSlot } from './slot.ts';
import type { SlotLoop } from './slot-loop.ts';
import type { SlotCommand, SlotJob, SlotReport } from './slot-messages.ts';

/** The main program of a slot's thread: it is given its job, then commands. */
const port = parentPort;
if (port !== null) {
  const tell = (report: SlotReport) => port.postMessage(report);
  const fail = (error: unknown) => tell({ kind: 'failed', error: toWireError(error) });
  const report = (report: SlotReport) => (report.kind === 'failed' ? fail(report.error) : tell(report));
  let slot: SlotLoop | undefined;
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  port.on('message', (message: SlotJob | SlotCommand) => {
    if ('kind' in message) {
      slot?.command(message);
      return;
    }
    createSlot({ job: message, clock: systemClock, report }).then((created) => {
      slot = created;
      tell({ kind: 'ready' });
    }, fail);
  });
}
