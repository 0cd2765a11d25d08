import type { Producer } from '../../kafka/index.ts';
import { replayErrors } from './errors.ts';
import { pause } from './pause.ts';
import type { RecordSender } from './record-sender.ts';
import type { Schedule } from './schedule/index.ts';

/**
 * The thread sleeps at least so long between two turns: each wake is a produce request, and the broker shares the cores with the
 * engine. It also bounds how much of a core a real-time thread can take when it is behind.
 */
const SHORTEST_PAUSE_MS = 0.4;
/** After a stall the event loop gets a turn each so many records, so that requests leave while more are appended. */
const RECORDS_PER_TURN = 2_000;
/** Sent and not acknowledged: beyond this the broker is not going to catch up, and memory is finite. */
const MOST_PENDING_BYTES = 256 * 1024 * 1024;

export interface ScheduledSending {
  readonly sender: RecordSender;
  readonly producer: Pick<Producer, 'pendingBytes'>;
  readonly schedule: Schedule;
  /** Nanoseconds since the start of the schedule; negative before. */
  readonly elapsedNs: () => number;
  readonly isReleased: () => boolean;
  /** Before the first record of a turn is sent, with the instant. */
  readonly onSend: (nowNs: number) => void;
}

/**
 * Open loop: whatever is due is sent, and no acknowledgement is waited for. What could not be sent in time is the generator's lag.
 * Ends when everything is sent, or when the replay is released.
 *
 * @throws REPLAY_BEHIND, or what the producer failed with
 */
export async function sendOnSchedule(sending: ScheduledSending): Promise<void> {
  const { sender, producer, schedule, elapsedNs, isReleased } = sending;
  while (!sender.finished && !isReleased()) {
    sendDue(sending);
    if (sender.finished) return;
    if (producer.pendingBytes > MOST_PENDING_BYTES) {
      throw replayErrors.error('REPLAY_BEHIND', { pendingMb: Math.round(producer.pendingBytes / 2 ** 20) });
    }
    const untilDueMs = (schedule.dueNs(sender.nextSequence) - elapsedNs()) / 1e6;
    await pause(Math.max(SHORTEST_PAUSE_MS, untilDueMs));
  }
}

function sendDue({ sender, schedule, elapsedNs, onSend }: ScheduledSending): void {
  let nowNs = elapsedNs();
  if (nowNs < schedule.dueNs(sender.nextSequence)) return;
  onSend(nowNs);
  const timestampMs = Date.now();
  for (let turn = 0; turn < RECORDS_PER_TURN && !sender.finished; turn += 1) {
    if (nowNs < schedule.dueNs(sender.nextSequence)) return;
    sender.send(nowNs, timestampMs);
    nowNs = elapsedNs();
  }
}
