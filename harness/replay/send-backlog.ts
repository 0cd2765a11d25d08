import { setImmediate } from 'node:timers/promises';
import type { Producer } from '../../kafka/index.ts';
import { pause } from './pause.ts';
import type { RecordSender } from './record-sender.ts';

const MOST_PENDING_BYTES = 16 * 1024 * 1024;
const RECORDS_PER_TURN = 5_000;

/** Closed loop: sends as fast as the broker acknowledges, with bounded memory. */
export async function sendBacklog(
  sender: RecordSender,
  producer: Producer,
  onTurn: () => void,
): Promise<void> {
  while (!sender.finished) {
    const timestampMs = Date.now();
    for (let turn = 0; turn < RECORDS_PER_TURN && !sender.finished; turn += 1) sender.sendNext(timestampMs);
    onTurn();
    if (producer.pendingBytes < MOST_PENDING_BYTES) await setImmediate();
    else await pause(1);
  }
}
