import type { PatternConditionContext, PatternMatch, Row } from '../../pipeline/index.ts';
import type { Computation } from './computation.ts';
import { type Path, pathsTo } from './shared-buffer.ts';

const NO_ROWS: readonly Row[] = [];

/** What conditions see of the partial match under way; one object for all of them. */
export class MatchContext implements PatternConditionContext {
  readonly #stageNames: readonly string[];
  #computation: Computation | undefined;
  #match: PatternMatch | undefined;
  #timestampMs = 0;

  constructor(stageNames: readonly string[]) {
    this.#stageNames = stageNames;
  }

  enter(computation: Computation, timestampMs: number): void {
    this.#computation = computation;
    this.#match = undefined;
    this.#timestampMs = timestampMs;
  }

  get timestampMs(): number {
    return this.#timestampMs;
  }

  eventsOf(stage: string): readonly Row[] {
    // following the shared buffer costs: only for conditions that ask
    if (this.#match === undefined) {
      const computation = this.#computation as Computation;
      this.#match = matchOf(pathsTo(computation.previous, computation.version)[0] ?? [], this.#stageNames);
    }
    return this.#match[stage] ?? NO_ROWS;
  }
}

export function matchOf(path: Path, stageNames: readonly string[]): PatternMatch {
  const match: Record<string, Row[]> = Object.create(null);
  for (const { event, stage } of path) {
    const name = stageNames[stage] as string;
    const rows = match[name];
    if (rows === undefined) match[name] = [event.row];
    else rows.push(event.row);
  }
  return match;
}
