import type { Row, WindowBounds } from '../../pipeline/index.ts';
import { type Key, type KeyedStateTable, VOID_NAMESPACE } from '../state/index.ts';
import {
  adoptSession,
  type Placement,
  placeSession,
  type SessionSet,
  sessionSetCodec,
  triggerStatesOf,
} from './session.ts';
import { TriggeredWindowOperator, type TriggeredWindowOptions } from './triggered-window-operator.ts';

export interface SessionWindowOptions<Content, Raw> extends TriggeredWindowOptions<Content, Raw> {
  readonly gapMs: number;
}

/**
 * Sessions per key: windows that are merged while elements come within the gap (semantics A10; WindowOperator with a MergingWindowAssigner).
 * With one gap for all, a merge never shrinks a session, so that it cannot bring one behind the watermark, which Flink refuses.
 */
export class SessionWindowOperator<Content, Raw> extends TriggeredWindowOperator<Content, Raw> {
  readonly #gapMs: number;
  readonly #sets: KeyedStateTable<SessionSet<Content>>;

  constructor(options: SessionWindowOptions<Content, Raw>) {
    super(options);
    this.#gapMs = options.gapMs;
    this.#sets = options.state.table('sessions', sessionSetCodec(options.content.codec));
  }

  protected assign(key: Key, row: Row, timeMs: number, timestampMs: number): boolean {
    const known = this.#sets.getForUpdate(key, VOID_NAMESPACE);
    const set = known ?? { sessions: [], nextId: Number.NEGATIVE_INFINITY };
    const placement = placeSession(set, timeMs, timeMs + this.#gapMs);
    const { session } = placement;
    if (this.isLate(session)) return false;
    if (!set.sessions.includes(session)) {
      adoptSession(set, placement);
      this.#merge(key, placement);
    }
    this.addElement(key, session.id, boundsOf(session), session, row, timestampMs);
    if (known === undefined) this.#sets.put(key, VOID_NAMESPACE, set);
    return true;
  }

  protected onTimer(domain: 'event' | 'processing', key: Key, namespace: number, timeMs: number): void {
    const set = this.#sets.getForUpdate(key, VOID_NAMESPACE);
    const session = set?.sessions.find(({ id }) => id === namespace);
    // A timer that the trigger set and did not delete when its session was merged or went.
    if (set === undefined || session === undefined) return;
    if (!this.fireTimer(domain, key, namespace, boundsOf(session), session, timeMs)) return;
    set.sessions = set.sessions.filter((other) => other !== session);
    if (set.sessions.length === 0) this.#sets.remove(key, VOID_NAMESPACE);
  }

  protected requestFor(key: Key): void {
    this.#sets.request(key, VOID_NAMESPACE);
  }

  protected requestNamespace(key: Key): void {
    this.#sets.request(key, VOID_NAMESPACE);
  }

  /** The merged session's timers come before those of its parts go, as in Flink: some are at the same time. */
  #merge(key: Key, { session, merged }: Placement<Content>): void {
    if (merged.length === 0) return;
    this.context.enter(key, session.id, session);
    this.trigger.onMerge?.(boundsOf(session), this.context, triggerStatesOf(merged));
    for (const part of merged) {
      this.context.enter(key, part.id, part);
      this.trigger.clear?.(boundsOf(part), this.context);
      this.deleteCleanupTimer(key, part.id, part);
    }
    for (const { content } of merged.slice(1)) {
      if (content === undefined) continue;
      if (session.content === undefined) session.content = content;
      else this.content.merge(session.content, content);
    }
  }
}

/** What functions of the user's are shown of a session. */
function boundsOf({ startMs, endMs }: WindowBounds): WindowBounds {
  return { startMs, endMs };
}
