import type { KafkaAdmin, PartitionReader } from '../../kafka/index.ts';
import { assignAll } from './assign-all.ts';
import { FirstSeen } from './first-seen.ts';

const POLL_WAIT_MS = 50;

/** A second reader at work. */
interface AppendWatch {
  readonly firstSeen: FirstSeen;
  readonly failed: Promise<never>;
  stop(): void;
}

/** Reads the result output uncommitted, on a connection of its own, and keeps nothing but when which offsets came, by `nowUs`. */
export async function watchAppends(
  reader: PartitionReader,
  admin: KafkaAdmin,
  topic: string,
  nowUs: () => number,
): Promise<AppendWatch> {
  const assigned = await assignAll(reader, admin, [topic]);
  const firstSeen = new FirstSeen(assigned.length);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let stopped = false;
  const watch = async (): Promise<void> => {
    while (!stopped) {
      const answer = await reader.poll(POLL_WAIT_MS);
      const arrivalUs = nowUs();
      for (const { partition, nextOffset } of answer) firstSeen.note(partition, nextOffset, arrivalUs);
    }
  };
  watch().catch((error) => {
    if (!stopped) failed.reject(error);
  });
  return {
    firstSeen,
    failed: failed.promise,
    stop: () => {
      stopped = true;
    },
  };
}
