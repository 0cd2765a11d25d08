import { compareEvents } from './buffered-event.ts';
import type { Computation } from './computation.ts';

/**
 * Computations, the one whose match began first in front. Which of two that began with the same event comes first, and the order of
 * `entries`, decide the order of matches in Flink, so this is the binary heap of java.util.PriorityQueue, move by move.
 */
export class ComputationQueue {
  #heap: Computation[] = [];

  /** In the order of the heap. Not to be changed; valid until the next change of the queue. */
  get entries(): readonly Computation[] {
    return this.#heap;
  }

  get size(): number {
    return this.#heap.length;
  }

  peek(): Computation | undefined {
    return this.#heap[0];
  }

  add(computation: Computation): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const above = heap[parent] as Computation;
      if (compareComputations(computation, above) >= 0) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = computation;
  }

  /** Takes the first out. */
  poll(): Computation | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#siftDown(0, last);
    return first;
  }

  /** Removes those that the function accepts; it is called once for each, in the order of the heap. */
  removeIf(accepts: (computation: Computation) => boolean): void {
    const kept = this.#heap.filter((computation) => !accepts(computation));
    if (kept.length === this.#heap.length) return;
    this.#heap = kept;
    for (let place = (kept.length >>> 1) - 1; place >= 0; place -= 1) {
      this.#siftDown(place, kept[place] as Computation);
    }
  }

  #siftDown(from: number, computation: Computation): void {
    const heap = this.#heap;
    const leaves = heap.length >>> 1;
    let place = from;
    while (place < leaves) {
      let child = 2 * place + 1;
      let smaller = heap[child] as Computation;
      const right = heap[child + 1];
      if (right !== undefined && compareComputations(smaller, right) > 0) {
        child += 1;
        smaller = right;
      }
      if (compareComputations(computation, smaller) <= 0) break;
      heap[place] = smaller;
      place = child;
    }
    heap[place] = computation;
  }
}

/** By the event that the match began with; one that has not begun comes last. */
export function compareComputations(left: Computation, right: Computation): number {
  if (left.startEvent === undefined) return right.startEvent === undefined ? 0 : 1;
  if (right.startEvent === undefined) return -1;
  return compareEvents(left.startEvent, right.startEvent);
}
