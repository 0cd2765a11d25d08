const UNORDERED_SLACK = 64;

/**
 * The earliest instant at which something is due for each key, in memory, so that a batch finds what is due without a
 * scan of the state. A binary heap over one entry a change; an entry counts while the key's instant is still its own,
 * and those that do not are thrown out before they outnumber the others.
 */
export class DueTimes {
  readonly #timeOf = new Map<string, number>();
  #times: number[] = [];
  #keys: string[] = [];

  /** When the first key is due; Infinity without one. */
  get firstMs(): number {
    this.#dropOutdated();
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Replaces the key's instant; undefined: nothing is due for it. */
  set(key: string, timeMs: number | undefined): void {
    if (this.#timeOf.get(key) === timeMs) return;
    if (timeMs === undefined) {
      this.#timeOf.delete(key);
      return;
    }
    this.#timeOf.set(key, timeMs);
    if (this.#times.length > 2 * this.#timeOf.size + UNORDERED_SLACK) this.#rebuild();
    else this.#push(timeMs, key);
  }

  /** Takes out the keys that are due at `timeMs` or before, the first due first; ties in no order. */
  takeUpTo(timeMs: number): string[] {
    const due: string[] = [];
    while (this.firstMs <= timeMs) {
      const key = this.#keys[0] as string;
      this.#timeOf.delete(key);
      due.push(key);
    }
    return due;
  }

  /** Visits the keys that `takeUpTo` would take, in no order and some perhaps twice. */
  forEachUpTo(timeMs: number, visit: (key: string) => void, from = 0): void {
    const [key, at] = [this.#keys[from], this.#times[from]];
    if (key === undefined || at === undefined || at > timeMs) return;
    if (this.#timeOf.get(key) === at) visit(key);
    this.forEachUpTo(timeMs, visit, 2 * from + 1);
    this.forEachUpTo(timeMs, visit, 2 * from + 2);
  }

  clear(): void {
    this.#timeOf.clear();
    this.#times = [];
    this.#keys = [];
  }

  #dropOutdated(): void {
    while (this.#times.length > 0 && this.#timeOf.get(this.#keys[0] as string) !== this.#times[0])
      this.#pop();
  }

  #rebuild(): void {
    const entries = [...this.#timeOf].sort(([, a], [, b]) => a - b);
    this.#times = entries.map(([, timeMs]) => timeMs);
    this.#keys = entries.map(([key]) => key);
  }

  #push(timeMs: number, key: string): void {
    const [times, keys] = [this.#times, this.#keys];
    let at = times.length;
    times.push(timeMs);
    keys.push(key);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if ((times[parent] as number) <= timeMs) break;
      times[at] = times[parent] as number;
      keys[at] = keys[parent] as string;
      at = parent;
    }
    times[at] = timeMs;
    keys[at] = key;
  }

  #pop(): void {
    const [times, keys] = [this.#times, this.#keys];
    const timeMs = times.pop() as number;
    const key = keys.pop() as string;
    const size = times.length;
    if (size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child++;
      if ((times[child] as number) >= timeMs) break;
      times[at] = times[child] as number;
      keys[at] = keys[child] as string;
      at = child;
    }
    times[at] = timeMs;
    keys[at] = key;
  }
}
