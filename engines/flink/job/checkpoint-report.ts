import type { EngineMessage } from '../../pipeline/process/index.ts';
import type { FlinkCheckpoints } from '../rest/index.ts';

/** A checkpoint that has ended, as the supervisor is told of it. */
export function checkpointReport(
  checkpoint: FlinkCheckpoints['history'][number],
  startedAtNs: bigint,
): EngineMessage {
  const { id: checkpointId, status, end_to_end_duration: durationMs, checkpointed_size } = checkpoint;
  const atNs = startedAtNs + BigInt(Math.round(durationMs * 1e6));
  if (status !== 'COMPLETED') {
    const reason = `Flink says ${status}`;
    return { kind: 'report', atNs, report: { kind: 'checkpoint-failed', checkpointId, reason } };
  }
  const report = { checkpointId, startedAtNs, durationMs, pauseMs: null, bytesWritten: checkpointed_size };
  return { kind: 'report', atNs, report: { kind: 'checkpoint-completed', checkpoint: report } };
}
