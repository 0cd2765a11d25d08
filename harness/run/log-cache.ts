import { type LogSpecification, loadWorkload, type RecordedLog } from '../../workloads/index.ts';

/** Generates logs and keeps the newest few, since both engines replay the same one. */
export class LogCache {
  readonly #kept = new Map<string, RecordedLog>();
  readonly #capacity: number;

  constructor(capacity = 2) {
    this.#capacity = capacity;
  }

  async get(specification: LogSpecification): Promise<RecordedLog> {
    const key = JSON.stringify(specification);
    let log = this.#kept.get(key);
    if (!log) {
      log = (await loadWorkload(specification.workload)).generate(specification);
      if (this.#kept.size >= this.#capacity) this.#kept.delete(this.#kept.keys().next().value as string);
      this.#kept.set(key, log);
    }
    return log;
  }
}
