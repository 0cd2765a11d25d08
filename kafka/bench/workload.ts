/** What one measured run does; passed to its process as JSON. */
export interface BenchWorkload {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly records: number;
  /** Produced before the clock starts, so that code is compiled and connections are open. */
  readonly warmUpRecords: number;
  /** Of a record's value; there are no keys. */
  readonly recordBytes: number;
  readonly batchBytes: number;
  readonly lingerMs: number;
}

export interface BenchResult {
  readonly records: number;
  readonly elapsedMs: number;
  /** User and system time of the process while the clock ran; absent for the Java tools. */
  readonly cpuMs?: number;
}

export type BenchDirection = 'produce' | 'consume';

/** What `process.argv` of a bench process says. */
export function readArguments(argv: readonly string[]): {
  readonly direction: BenchDirection;
  readonly workload: BenchWorkload;
} {
  return { direction: argv[2] === 'produce' ? 'produce' : 'consume', workload: JSON.parse(argv[3] ?? '') };
}

/** Runs the work with clock and CPU counter around it. */
export async function measured(records: number, work: () => Promise<void>): Promise<BenchResult> {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  await work();
  const elapsedMs = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { records, elapsedMs, cpuMs: (user + system) / 1_000 };
}

/** Hands the result to the parent process. */
export function report(result: BenchResult): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Fails when a consumer has not seen what was produced. */
export function expectBytes(seenBytes: number, { records, warmUpRecords, recordBytes }: BenchWorkload): void {
  const expectedBytes = (records + warmUpRecords) * recordBytes;
  if (seenBytes !== expectedBytes) throw new Error(`read ${seenBytes} bytes of values, not ${expectedBytes}`);
}
