import type { BenchDirection, BenchResult } from './workload.ts';

export interface ClientRates {
  readonly client: string;
  readonly results: Readonly<Record<BenchDirection, readonly BenchResult[]>>;
}

const COLUMNS = ['client', 'direction', 'records/s', 'lowest', 'highest', 'CPU us/record', 'ours / this'];

/** A table of rates, the median of the rounds and their range; the first client is what the others are compared with. */
export function rateTable(clients: readonly ClientRates[]): string {
  const rows = (['produce', 'consume'] as const).flatMap((direction) => {
    const ours = median(clients[0]?.results[direction].map(rateOf) ?? []);
    return clients.map(({ client, results }) => rowOf(client, direction, results[direction], ours));
  });
  const table = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function rowOf(client: string, direction: string, results: readonly BenchResult[], ours: number): string[] {
  const rates = results.map(rateOf);
  const cpu = results.flatMap(({ cpuMs, records }) =>
    cpuMs === undefined ? [] : [(cpuMs * 1_000) / records],
  );
  return [
    client,
    direction,
    thousands(median(rates)),
    thousands(Math.min(...rates)),
    thousands(Math.max(...rates)),
    cpu.length === 0 ? '-' : median(cpu).toFixed(2),
    (ours / median(rates)).toFixed(2),
  ];
}

function rateOf({ records, elapsedMs }: BenchResult): number {
  return (records / elapsedMs) * 1_000;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
