import type { PipelineEvent } from '../../engines/pipeline/index.ts';
import type { MachineUse, ProcessCost } from '../../reports/model/index.ts';
import { type MachineSample, machineUseOf } from './machine-use.ts';
import { operatingSystem } from './operating-system.ts';
import { gcOf, processNames } from './process-events.ts';
import { ProcessRecord } from './process-record.ts';

/** Threads, bytes written and the machine's CPU are asked for once in so long: their counters only rise, and asking is dear. */
const DETAIL_INTERVAL_NS = 1_000_000_000n;

/** A helper that used less CPU than this, such as a shell that waits, is counted and not listed. */
const LISTED_HELPER_SECONDS = 0.05;

/** What a pipeline's processes cost over a run. */
export interface SampledCost {
  /**
   * Each process that lived, in order of appearance, named after the engine and its incarnation, with its garbage collections. What such a
   * process started (a Redis server for its state) is the engine's cost too, and has its command in its name.
   *
   * @param startNs zero of the timelines: the start of the schedule
   */
  processesOn(startNs: bigint): ProcessCost[];
  /** CPU seconds of all processes together between two instants, monotonic nanoseconds; read from the samples nearest before them. */
  cpuSecondsBetween(fromNs: bigint, toNs: bigint): number;
  /** What else used the machine in between; null shares where the system does not tell, or where the stretch has no two samples. */
  usedBetween(fromNs: bigint, toNs: bigint): MachineUse;
}

export interface CostSources {
  readonly engine: string;
  /** The engine's live processes. */
  readonly processIds: () => readonly number[];
  /** Null for a broker that is not a process of ours: it may run here, so nothing can be said of foreign processes then. */
  readonly brokerProcessId: number | null;
  /** What the pipeline has told: read at the end. */
  readonly events: readonly PipelineEvent[];
}

/**
 * Samples processes as the operating system accounts for them, ten times a second (once where only `ps` answers), until `stop`. It runs
 * where it is made, which must be neither the observer's nor the generator's thread: the harness's main thread waits most of the time.
 * `bench/sampler-share.ts` says what it takes.
 */
export class CostSampler {
  readonly #sources: CostSources;
  readonly #system = operatingSystem();
  readonly #records = new Map<number, ProcessRecord>();
  readonly #totals: { readonly atNs: bigint; readonly cpuSeconds: number }[] = [];
  readonly #machine: MachineSample[] = [];
  readonly #timer: NodeJS.Timeout;
  /** Commands of what the engine's processes started, by id. */
  readonly #helpers = new Map<number, string>();
  #liveHelpers: ReadonlyMap<number, string> = new Map();
  #detailDueNs = 0n;

  constructor(sources: CostSources) {
    this.#sources = sources;
    this.#timer = setInterval(() => this.#look('when-due'), this.#system.sampleIntervalMs);
    this.sample();
  }

  /** Takes a full sample now: before the processes end, so that nothing is missing. */
  sample(): void {
    this.#look('in-detail');
  }

  stop(): SampledCost {
    clearInterval(this.#timer);
    const { engine, events } = this.#sources;
    const records = [...this.#records.values()];
    const totals = [...this.#totals];
    const machine = [...this.#machine];
    const helpers = new Map(this.#helpers);
    const totalAt = (instantNs: bigint): number =>
      totals.findLast(({ atNs }) => atNs <= instantNs)?.cpuSeconds ?? 0;
    return {
      processesOn: (startNs) => {
        const names = processNames(engine, events);
        return records.flatMap((record) => {
          const { processId, cpuSeconds } = record;
          const command = names.has(processId) ? undefined : helpers.get(processId);
          if (command !== undefined && cpuSeconds < LISTED_HELPER_SECONDS) return [];
          const name = names.get(processId) ?? (command === undefined ? engine : `${engine}: ${command}`);
          return [record.cost(name, startNs, gcOf(events, processId))];
        });
      },
      cpuSecondsBetween: (fromNs, toNs) => totalAt(toNs) - totalAt(fromNs),
      usedBetween: (fromNs, toNs) => {
        const inside = machine.filter(({ atNs }) => atNs >= fromNs && atNs <= toNs);
        const [before, after] = [inside[0], inside.at(-1)];
        return before && after
          ? machineUseOf(before, after)
          : { foreignCpuShare: null, stolenCpuShare: null };
      },
    };
  }

  #look(detail: 'when-due' | 'in-detail'): void {
    const ownIds = this.#sources.processIds();
    const inDetail = detail === 'in-detail' || process.hrtime.bigint() >= this.#detailDueNs;
    if (inDetail) {
      this.#liveHelpers = this.#system.descendants(ownIds);
      for (const [processId, command] of this.#liveHelpers) {
        if (!ownIds.includes(processId)) this.#helpers.set(processId, command);
      }
    }
    const processIds = [...new Set([...ownIds, ...this.#liveHelpers.keys()])];
    const atNs = process.hrtime.bigint();
    for (const [processId, usage] of this.#system.usages(processIds)) {
      let record = this.#records.get(processId);
      if (!record) {
        record = new ProcessRecord(processId);
        this.#records.set(processId, record);
      }
      record.hear(atNs, usage);
    }
    let cpuSeconds = 0;
    for (const record of this.#records.values()) cpuSeconds += record.cpuSeconds;
    this.#totals.push({ atNs, cpuSeconds });
    if (!inDetail) return;
    this.#detailDueNs = atNs + DETAIL_INTERVAL_NS;
    this.#lookInDetail(processIds, atNs, cpuSeconds);
  }

  #lookInDetail(processIds: readonly number[], atNs: bigint, engineSeconds: number): void {
    for (const processId of processIds) {
      const detail = this.#system.detail(processId);
      if (detail) this.#records.get(processId)?.hearDetail(detail);
    }
    const machine = this.#system.machineCpu();
    if (!machine) return;
    const { user, system } = process.cpuUsage();
    const brokerSeconds = this.#brokerSeconds();
    const ownSeconds = brokerSeconds === null ? null : (user + system) / 1e6 + engineSeconds + brokerSeconds;
    this.#machine.push({ atNs, machine, ownSeconds });
  }

  #brokerSeconds(): number | null {
    const { brokerProcessId } = this.#sources;
    if (brokerProcessId === null) return null;
    return this.#system.usages([brokerProcessId]).get(brokerProcessId)?.cpuSeconds ?? null;
  }
}
