import type { EngineStep, PipelineEvent } from '../../engines/pipeline/index.ts';

/**
 * What an engine was about when a kill hit it. Restarting: its process loads its code. Restoring: it finds out where to go on, and loads its state.
 * Checkpointing: a checkpoint, or the state's part of a batch, is on its way and not durable. Committing: outputs are being made visible. Running: none
 * of these.
 */
export const KILL_PHASES = ['restarting', 'restoring', 'checkpointing', 'committing', 'running'] as const;
export type KillPhase = (typeof KILL_PHASES)[number];

const OF_STEP: Readonly<Record<EngineStep, KillPhase>> = {
  restore: 'restoring',
  checkpoint: 'checkpointing',
  commit: 'committing',
};

/**
 * The phase at an instant, by the engine's own instants.
 *
 * @param events as told by the instant's end or later
 * @param atNs monotonic
 */
export function phaseAt(events: readonly PipelineEvent[], atNs: bigint): KillPhase {
  let phase: KillPhase = 'running';
  for (const event of events) if (event.atNs <= atNs) phase = phaseAfter(phase, event);
  return phase;
}

function phaseAfter(phase: KillPhase, event: PipelineEvent): KillPhase {
  switch (event.kind) {
    case 'process-started':
    case 'process-exited':
      return 'restarting';
    case 'step-begun':
      return OF_STEP[event.step];
    case 'running':
    case 'checkpoint-completed':
    case 'checkpoint-failed':
    case 'batch-completed':
      return 'running';
    default:
      return phase;
  }
}
