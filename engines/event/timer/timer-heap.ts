/** What the heap orders. */
export interface HeapElement {
  readonly timestampMs: number;
  /** The element's place in the heap, kept by the heap; -1 outside of it. */
  position: number;
}

/** Binary heap by time that also removes from the middle. Equal times have no promised order. */
export class TimerHeap<Element extends HeapElement> {
  readonly #elements: Element[] = [];

  get size(): number {
    return this.#elements.length;
  }

  get first(): Element | undefined {
    return this.#elements[0];
  }

  add(element: Element): void {
    this.#elements.push(element);
    this.#rise(element, this.#elements.length - 1);
  }

  /** Removes an element that is in this heap. */
  remove(element: Element): void {
    const position = element.position;
    element.position = -1;
    const last = this.#elements.pop();
    if (last === undefined || last === element) return;
    const parent = this.#elements[(position - 1) >> 1];
    if (parent !== undefined && last.timestampMs < parent.timestampMs) this.#rise(last, position);
    else this.#sink(last, position);
  }

  /** Visits the elements up to and including `timeMs`, in no order, and no part of the heap behind them. */
  forEachUpTo(timeMs: number, visit: (element: Element) => void): void {
    const open = [0];
    for (let position = open.pop(); position !== undefined; position = open.pop()) {
      const element = this.#elements[position];
      if (element === undefined || element.timestampMs > timeMs) continue;
      visit(element);
      open.push(2 * position + 1, 2 * position + 2);
    }
  }

  #rise(element: Element, from: number): void {
    let position = from;
    while (position > 0) {
      const parent = this.#elements[(position - 1) >> 1]!;
      if (parent.timestampMs <= element.timestampMs) break;
      this.#place(parent, position);
      position = (position - 1) >> 1;
    }
    this.#place(element, position);
  }

  #sink(element: Element, from: number): void {
    let position = from;
    for (;;) {
      const left = this.#elements[2 * position + 1];
      if (left === undefined) break;
      const right = this.#elements[2 * position + 2];
      const child = right !== undefined && right.timestampMs < left.timestampMs ? right : left;
      if (child.timestampMs >= element.timestampMs) break;
      const childPosition = child.position;
      this.#place(child, position);
      position = childPosition;
    }
    this.#place(element, position);
  }

  #place(element: Element, position: number): void {
    this.#elements[position] = element;
    element.position = position;
  }
}
