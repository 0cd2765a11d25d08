import type { Producer } from '../../kafka/index.ts';
import { replayErrors } from './errors.ts';
import type { LagRecorder } from './lag-recorder.ts';
import { pause } from './pause.ts';
import type { RecordSender } from './record-sender.ts';
import type { Schedule } from './schedule.ts';

/** The thread wakes no more often than this: each wake is a produce request, and the broker shares the cores with the engine. */
const SHORTEST_PAUSE_MS = 1;
/** After a stall the event loop gets a turn each so many records, so that requests leave while more are appended. */
const RECORDS_PER_TURN = 2_000;
/** Sent and not acknowledged: beyond this the broker is not going to catch up, and memory is finite. */
const MOST_PENDING_BYTES = 256 * 1024 * 1024;

export interface ScheduledSending {
  readonly sender: RecordSender;
  readonly producer: Producer;
  readonly schedule: Schedule;
  readonly lag: LagRecorder;
  readonly sentUs: Float64Array;
  /** Nanoseconds since the start of the schedule; negative before. */
  readonly elapsedNs: () => number;
  readonly onTurn: () => void;
}

/**
 * Open loop: whatever is due is sent, and no acknowledgement is waited for. What could not be sent in time is the generator's lag.
 *
 * @throws REPLAY_BEHIND, or what the producer failed with
 */
export async function sendOnSchedule(sending: ScheduledSending): Promise<void> {
  const { sender, producer, schedule, elapsedNs, onTurn } = sending;
  while (true) {
    sendDue(sending);
    onTurn();
    if (sender.finished) return;
    if (producer.pendingBytes > MOST_PENDING_BYTES) {
      throw replayErrors.error('REPLAY_BEHIND', { pendingMb: Math.round(producer.pendingBytes / 2 ** 20) });
    }
    const untilDueMs = (schedule.dueNs(sender.sent) - elapsedNs()) / 1e6;
    await pause(untilDueMs <= 0 ? 0 : Math.max(SHORTEST_PAUSE_MS, untilDueMs));
  }
}

function sendDue({ sender, schedule, lag, sentUs, elapsedNs }: ScheduledSending): void {
  const timestampMs = Date.now();
  for (let turn = 0; turn < RECORDS_PER_TURN && !sender.finished; turn += 1) {
    const sequence = sender.sent;
    const dueNs = schedule.dueNs(sequence);
    const nowNs = elapsedNs();
    if (nowNs < dueNs) return;
    sender.sendNext(timestampMs);
    sentUs[sequence] = nowNs / 1_000;
    lag.record((nowNs - dueNs) / 1_000);
  }
}
