import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import { type KillPhase, phaseAt } from './kill-phase.ts';
import type { KillAim, PlannedKill } from './kill-plan.ts';

/** A kill that was sent. */
export interface SentSoakKill extends PlannedKill {
  readonly killedAtNs: bigint;
}

/** A kill and what followed it. Times in milliseconds, `null` where it never came; other kills may lie in between. */
export interface SoakedKill {
  readonly aim: KillAim;
  /** Since the start of the schedule. */
  readonly atMs: number;
  readonly phase: KillPhase;
  /** From the kill until its own successor ran; null where that was killed before. */
  readonly runningMs: number | null;
  /** From the kill to the next completed checkpoint or batch. */
  readonly committedMs: number | null;
  /** From the kill until a read_committed reader saw an output that a later process made and that covers something new. */
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
      atNs === undefined ? null : Number(atNs - killedAtNs) / 1e6;
    const first = (...kinds: PipelineEvent['kind'][]): bigint | undefined =>
      events.find(({ kind, atNs }) => atNs > killedAtNs && kinds.includes(kind))?.atNs;
    const runningNs = first('running');
    // What the dead process had committed may still be on its way to the reader.
    const restoredNs = first('restored');
    const outputNs =
      restoredNs === undefined ? undefined : outputArrivalsNs.find((atNs) => atNs > restoredNs);
    const isSuccessor = runningNs !== undefined && (nextKillNs === undefined || runningNs < nextKillNs);
    return {
      aim,
      atMs: Number(killedAtNs - startNs) / 1e6,
      phase: phaseAt(events, killedAtNs),
      runningMs: isSuccessor ? since(runningNs) : null,
      committedMs: since(first('checkpoint-completed', 'batch-completed')),
      outputMs: since(outputNs),
    };
  });
}
