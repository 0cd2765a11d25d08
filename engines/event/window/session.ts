import type { StateValue, WindowBounds } from '../../pipeline/index.ts';
import type { ValueCodec } from '../state/index.ts';
import { type WindowState, windowStateCodec } from './window-state.ts';

/** One session of a key. */
export interface Session<Content> extends WindowState<Content>, WindowBounds {
  /** Namespace of its timers: another for each window that comes of a merge, so that no timer of a merged one is taken for its own. */
  readonly id: number;
}

/** The sessions of one key that still have state. They neither overlap nor touch. */
export interface SessionSet<Content> {
  sessions: Session<Content>[];
  nextId: number;
}

/** Where a new element's session belongs. */
export interface Placement<Content> {
  /** The session as it will be: the one that covers the element already, or a new one. */
  readonly session: Session<Content>;
  /** Sessions that end up in it, in order of time. Empty if there is nothing to merge. */
  readonly merged: readonly Session<Content>[];
}

/**
 * Places the session [startMs, endMs) of one element among those of its key (semantics A10; Flink's MergingWindowSet): it is merged with all
 * that overlap or touch it. The set is left as it is. The merged session goes on with the content of its first part; the contents of the
 * others are the caller's to add.
 */
export function placeSession<Content>(
  set: SessionSet<Content>,
  startMs: number,
  endMs: number,
): Placement<Content> {
  const merged = set.sessions
    .filter((session) => session.startMs <= endMs && session.endMs >= startMs)
    .sort((left, right) => left.startMs - right.startMs);
  const first = merged[0];
  const bounds = {
    startMs: Math.min(startMs, first?.startMs ?? startMs),
    endMs: Math.max(endMs, merged.at(-1)?.endMs ?? endMs),
  };
  if (merged.length === 1 && first?.startMs === bounds.startMs && first.endMs === bounds.endMs) {
    return { session: first, merged: [] };
  }
  const session: Session<Content> = {
    ...bounds,
    // Ends only grow from one set of a key to the next, so that an id is never given twice.
    id: Math.max(set.nextId, endMs),
    content: first?.content,
    triggerState: undefined,
  };
  return { session, merged };
}

/** Makes a placement true: the session in place of those that it was merged from. */
export function adoptSession<Content>(
  set: SessionSet<Content>,
  { session, merged }: Placement<Content>,
): void {
  set.sessions = set.sessions.filter((known) => !merged.includes(known));
  set.sessions.push(session);
  set.nextId = session.id + 1;
}

/** What the triggers of the merged sessions kept. */
export function triggerStatesOf(merged: readonly Session<unknown>[]): readonly StateValue[] {
  return merged.flatMap(({ triggerState }) => (triggerState === undefined ? [] : [triggerState]));
}

export function sessionSetCodec<Content>(content: ValueCodec<Content>): ValueCodec<SessionSet<Content>> {
  const states = windowStateCodec(content);
  return {
    copy: ({ sessions, nextId }) => ({
      sessions: sessions.map((session) => ({ ...session, ...states.copy(session) })),
      nextId,
    }),
    write({ sessions, nextId }, writer) {
      writer.float64(nextId);
      writer.uint32(sessions.length);
      for (const session of sessions) {
        writer.float64(session.id);
        writer.float64(session.startMs);
        writer.float64(session.endMs);
        states.write(session, writer);
      }
    },
    read(reader) {
      const nextId = reader.float64();
      const sessions = Array.from({ length: reader.uint32() }, () => ({
        id: reader.float64(),
        startMs: reader.float64(),
        endMs: reader.float64(),
        ...states.read(reader),
      }));
      return { sessions, nextId };
    },
  };
}
