import type { AfterMatchSkip } from '../../pipeline/index.ts';
import { type BufferedEvent, compareEvents } from './buffered-event.ts';
import type { ComputationQueue } from './computation-queue.ts';
import { type Path, releaseNode } from './shared-buffer.ts';

/** What is skipped after a match: every partial match that began before an event, or with it too (AfterMatchSkipStrategy in flink-cep). */
export interface SkipBound {
  readonly event: BufferedEvent;
  readonly inclusive: boolean;
}

/** @param paths the ways of the complete match; undefined: nothing is skipped */
export function skipBound(
  skip: AfterMatchSkip,
  stageNames: readonly string[],
  paths: readonly Path[],
): SkipBound | undefined {
  switch (skip.kind) {
    case 'noSkip':
      return undefined;
    case 'skipToNext':
      return inclusive(extreme(paths, -1));
    case 'skipPastLastEvent':
      return inclusive(extreme(paths, 1));
    case 'skipToFirst':
    case 'skipToLast': {
      const stage = stageNames.indexOf(skip.stage);
      const ends = paths
        .map((path) => {
          const own = path.filter((node) => node.stage === stage);
          return skip.kind === 'skipToFirst' ? own.slice(0, 1) : own.slice(-1);
        })
        .filter((own) => own.length > 0);
      const event = extreme(ends, 1);
      return event && { event, inclusive: false };
    }
  }
}

/** Gives up what lies within the bound. */
export function prune(queue: ComputationQueue, bound: SkipBound): void {
  queue.removeIf(({ startEvent, previous, version }) => {
    if (startEvent === undefined) return false;
    const order = compareEvents(startEvent, bound.event);
    if (order > 0 || (order === 0 && !bound.inclusive)) return false;
    releaseNode(previous, version);
    return true;
  });
}

function inclusive(event: BufferedEvent | undefined): SkipBound | undefined {
  return event && { event, inclusive: true };
}

/** The last (1) or the first (-1) event of all paths. */
function extreme(paths: readonly Path[], direction: 1 | -1): BufferedEvent | undefined {
  let found: BufferedEvent | undefined;
  for (const path of paths) {
    for (const { event } of path) {
      if (found === undefined || direction * compareEvents(event, found) > 0) found = event;
    }
  }
  return found;
}
