import { setImmediate } from 'node:timers/promises';
import { pause } from './pause.ts';
import type { ScheduledSending } from './send-on-schedule.ts';

const MOST_PENDING_BYTES = 16 * 1024 * 1024;
const RECORDS_PER_TURN = 5_000;

/** Closed loop: sends what is left as fast as the broker acknowledges, with bounded memory. */
export async function sendBacklog({
  sender,
  producer,
  elapsedNs,
  onSend,
}: Omit<ScheduledSending, 'schedule' | 'isReleased'>): Promise<void> {
  while (!sender.finished) {
    const timestampMs = Date.now();
    onSend(elapsedNs());
    for (let turn = 0; turn < RECORDS_PER_TURN && !sender.finished; turn += 1) {
      sender.send(elapsedNs(), timestampMs);
    }
    if (producer.pendingBytes < MOST_PENDING_BYTES) await setImmediate();
    else await pause(1);
  }
}
