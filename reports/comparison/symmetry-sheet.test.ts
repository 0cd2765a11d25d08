import { expect, test } from 'vitest';
import type { Cell } from '../model/index.ts';
import { fixtureResult, realResult } from '../testing/index.ts';
import { symmetrySheet } from './symmetry-sheet.ts';

const result = realResult();

test('engines that call one thing by different names have it in one column', () => {
  const sheet = symmetrySheet(result);
  const column = (title: string) => {
    const at = sheet?.headers.indexOf(title) ?? -1;
    return Object.fromEntries(sheet?.rows.map((row) => [row[0], row[at]]) ?? []);
  };
  expect(column('checkpoint or trigger, ms')).toEqual({
    'event-driven': '1000',
    'Apache Flink 2.2.1': '1000 (own: none)',
    'micro-batch': '500',
    'Apache Spark 4.2.0': '500',
    'Apache Flink 2.2.1 (tuned-latency)': '1000 (own: none)',
  });
  expect(column('buffer time-out, ms')).toEqual({
    'event-driven': '1',
    'Apache Flink 2.2.1': '100',
    'micro-batch': '–',
    'Apache Spark 4.2.0': '–',
    'Apache Flink 2.2.1 (tuned-latency)': '0',
  });
  expect(column('parallelism')).toMatchObject({ 'event-driven': '2', 'Apache Spark 4.2.0': '2' });
  expect(column('heartbeat, ms')).toMatchObject({ 'event-driven': '–', 'Apache Flink 2.2.1': '10000' });
  expect(column('detection')['Apache Flink 2.2.1']).toBe('as flink is set');
});

test('a setting that differs by workload shows each value once', () => {
  const unlimited = (cell: Cell): Cell => ({
    ...cell,
    settings: cell.settings.map((row) => (row.name === 'maxRecordsPerBatch' ? { ...row, value: '0' } : row)),
  });
  const cells = result.cells.map((cell) => (cell.workload === 'regional-revenue' ? unlimited(cell) : cell));
  const sheet = symmetrySheet({ ...result, cells });
  const at = sheet?.headers.indexOf('batch limit, records') ?? -1;
  expect(sheet?.rows.map((row) => row[at])).toEqual(['–', '–', '125000 | 0', '125000 | 0', '–']);
});

test('embedded engines alone need none', () => {
  expect(symmetrySheet(fixtureResult())).toBeNull();
});
