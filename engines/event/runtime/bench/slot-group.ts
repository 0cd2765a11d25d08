import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DataflowReference, EngineSettings } from '../../../pipeline/index.ts';
import { systemClock } from '../../../pipeline/process/index.ts';
import { allocateRing, Bell } from '../../exchange/index.ts';
import { allocateCells } from '../../introspection/index.ts';
import { eventSettings } from '../../settings/index.ts';
import { JobMemory } from '../job-memory.ts';
import type { SlotJob } from '../slot-messages.ts';
import type { BenchCommand, BenchReport, BenchWork, SlotLook } from './bench-messages.ts';

export const BENCH_PARTITIONS = 4;

/** Between the order to start and the first due record. */
const LEAD_NS = 200_000_000n;

export interface SlotGroupOptions {
  /** Export of `dataflows.ts`. */
  readonly dataflow: string;
  readonly options: unknown;
  readonly settings: EngineSettings;
  readonly work: BenchWork;
  /** Of state that is not on the heap; empty: none. */
  readonly workingFolder?: string;
}

/** The slots of a job as a real job wires them, threads and rings included, without a coordinator and without Kafka. */
export class SlotGroup {
  readonly #workers: readonly Worker[];
  /** Rejects with the first failure of a slot. */
  readonly #failed: Promise<never>;

  /** Resolves when all slots can start. */
  static async open(options: SlotGroupOptions): Promise<SlotGroup> {
    const group = new SlotGroup(options);
    await Promise.race([
      Promise.all(group.#workers.map((worker) => reportOf(worker, 'ready'))),
      group.#failed,
    ]);
    return group;
  }

  private constructor(options: SlotGroupOptions) {
    const jobs = jobsOf(options);
    this.#workers = jobs.map(() => new Worker(new URL('./bench-slot-thread.ts', import.meta.url)));
    const failure = Promise.withResolvers<never>();
    this.#failed = failure.promise;
    this.#failed.catch(() => {});
    this.#workers.forEach((worker, slot) => {
      worker.on('error', failure.reject);
      worker.on('message', (report: BenchReport) => {
        if (report.kind === 'failed') failure.reject(new Error(`slot ${slot}: ${report.reason}`));
      });
      worker.postMessage({ job: jobs[slot], work: options.work });
    });
  }

  start(): void {
    const startNs = systemClock.monotonicNs() + LEAD_NS;
    for (const worker of this.#workers) send(worker, { kind: 'start', startNs });
  }

  /** What each slot has done so far. */
  async look(): Promise<readonly SlotLook[]> {
    const looks = this.#workers.map(async (worker) => {
      const report = reportOf(worker, 'look');
      send(worker, { kind: 'look' });
      return (await report).look;
    });
    return await Promise.race([Promise.all(looks), this.#failed]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function send(worker: Worker, command: BenchCommand): void {
  worker.postMessage(command);
}

async function reportOf<Kind extends BenchReport['kind']>(
  worker: Worker,
  kind: Kind,
): Promise<Extract<BenchReport, { kind: Kind }>> {
  for (;;) {
    const [report] = (await once(worker, 'message')) as [BenchReport];
    if (report.kind === kind) return report as Extract<BenchReport, { kind: Kind }>;
  }
}

function jobsOf({
  dataflow,
  options,
  settings: given,
  workingFolder = '',
}: SlotGroupOptions): readonly SlotJob[] {
  const settings = eventSettings.parse(given);
  const reference: DataflowReference = {
    module: new URL('./dataflows.ts', import.meta.url).href,
    export: dataflow,
    options,
  };
  const slots = Array.from({ length: settings.parallelism }, (_, slot) => slot);
  const bells = slots.map(() => new SharedArrayBuffer(Bell.BYTES));
  const rings = slots.map((source) =>
    slots.map((target) => (source === target ? undefined : allocateRing(settings.ringBytes))),
  );
  const { memory } = JobMemory.allocate(BENCH_PARTITIONS, settings.parallelism);
  const cells = allocateCells(settings.parallelism);
  return slots.map((slot) => ({
    slot,
    dataflow: reference,
    kafka: { kind: 'embedded-log', host: '', port: 0 },
    guarantee: 'at-least-once',
    settings,
    inputs: [{ topic: 'input', partitions: BENCH_PARTITIONS }],
    outputs: ['output', 'dead-letter'].map((topic) => ({ topic, partitions: BENCH_PARTITIONS })),
    workingFolder: `${workingFolder}/slot-${slot}`,
    stateFiles: [],
    channelFiles: [],
    operatorStates: [],
    memory,
    cells,
    bells,
    coordinatorBell: new SharedArrayBuffer(Bell.BYTES),
    rings,
    outputRing: undefined,
    mutant: undefined,
  }));
}
