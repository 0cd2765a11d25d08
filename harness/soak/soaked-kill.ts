import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { type KillPhase, phaseAt } from './kill-phase.ts';
import type { KillAim, PlannedKill } from './kill-plan.ts';

/** A kill that was sent. */
export interface SentSoakKill extends PlannedKill {
  readonly killedAtNs: bigint;
}

/** A kill and what followed it. Times in milliseconds from the kill on, null where the next kill or the end came first. */
export interface SoakedKill {
  readonly aim: KillAim;
  /** Since the start of the schedule. */
  readonly atMs: number;
  readonly phase: KillPhase;
  /** Until its successor ran. */
  readonly runningMs: number | null;
  /** Until a checkpoint or batch was complete. */
  readonly committedMs: number | null;
  /** Until a read_committed reader saw an output that covers something new, after the successor had restored its state. */
  readonly outputMs: number | null;
}

/** What is known of a run when it is over. */
export interface Aftermath {
  readonly events: readonly PipelineEvent[];
  /** Of the schedule, monotonic. */
  readonly startNs: bigint;
  /** When each output arrived that covered something new, ascending, monotonic nanoseconds. */
  readonly outputArrivalsNs: readonly bigint[];
}

/** Finds out for each kill what it hit and how the engine came back. */
export function soakedKills(sent: readonly SentSoakKill[], aftermath: Aftermath): SoakedKill[] {
  const { events, startNs, outputArrivalsNs } = aftermath;
  return sent.map(({ aim, killedAtNs }, index) => {
    const nextKillNs = sent[index + 1]?.killedAtNs;
    const since = (atNs: bigint | undefined): number | null =>
      atNs === undefined || (nextKillNs !== undefined && atNs > nextKillNs)
        ? null
        : Number(atNs - killedAtNs) / 1e6;
    const first = (...kinds: PipelineEvent['kind'][]): bigint | undefined =>
      events.find(({ kind, atNs }) => atNs > killedAtNs && kinds.includes(kind))?.atNs;
    // What the dead process had committed may still be on its way to the reader.
    const restoredNs = first('restored');
    const outputNs =
      restoredNs === undefined ? undefined : outputArrivalsNs.find((atNs) => atNs > restoredNs);
    return {
      aim,
      atMs: Number(killedAtNs - startNs) / 1e6,
      phase: phaseAt(events, killedAtNs),
      runningMs: since(first('running')),
      committedMs: since(first('checkpoint-completed', 'batch-completed')),
      outputMs: since(outputNs),
    };
  });
}
