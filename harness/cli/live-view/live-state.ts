import type { LiveEvent, LiveFigures, LivePhase } from '../../run/index.ts';

/** What the view knows of the session. */
export interface LiveState {
  readonly title: string;
  readonly phase: LivePhase;
  readonly phaseSinceMs: number;
  /** How long the phase takes, or takes at most; null where that is open. */
  readonly plannedMs: number | null;
  /** Null where there are no figures yet. */
  readonly look: (() => LiveFigures) | null;
  /** Null before the first. */
  readonly kills: { readonly sent: number; readonly planned: number } | null;
}

/** The state after an event; null while nothing runs. */
export function stateAfter(state: LiveState | null, event: LiveEvent, nowMs: number): LiveState | null {
  switch (event.kind) {
    case 'begun':
      return {
        title: event.title,
        phase: 'starting',
        phaseSinceMs: nowMs,
        plannedMs: null,
        look: null,
        kills: null,
      };
    case 'phase': {
      if (state === null) return null;
      const { phase, plannedMs } = event;
      const look = phase === 'starting' ? null : state.look;
      return { ...state, phase, plannedMs, phaseSinceMs: nowMs, look };
    }
    case 'figures':
      return state && { ...state, look: event.look };
    case 'killed':
      return state && { ...state, kills: { sent: event.kills, planned: event.planned } };
    case 'ended':
      return null;
    default:
      return event satisfies never;
  }
}
