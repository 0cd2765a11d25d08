import type { MessagePort } from 'node:worker_threads';
import { toWireError } from '../../../errors/index.ts';
import { connect } from '../../../kafka/index.ts';
import { systemClock, tellCollections } from '../../pipeline/process/index.ts';
import { createSlot } from './slot.ts';
import type { SlotLoop } from './slot-loop.ts';
import type { SlotCommand, SlotJob, SlotReport } from './slot-messages.ts';

/** The main program of a slot's thread: it is given its job over the port, then commands. */
export function runSlot(port: MessagePort): void {
  const fail = (error: unknown) => port.postMessage({ kind: 'failed', error: toWireError(error) });
  const report = (report: SlotReport) => {
    if (report.kind === 'failed') {
      fail(report.error);
    } else {
      port.postMessage(report);
    }
  };
  let slot: SlotLoop | undefined;
  const start = async (job: SlotJob) =>
    createSlot({ job, clock: systemClock, report, client: await connect(job.kafka) });
  tellCollections();
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  port.on('message', (message: SlotJob | SlotCommand) => {
    if ('kind' in message) {
      slot?.command(message);
      return;
    }
    start(message).then((created) => {
      slot = created;
      report({ kind: 'ready' });
    }, fail);
  });
}
