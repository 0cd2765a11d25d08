import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_WORKLOADS } from '../all-workloads.ts';
import { modelOf } from '../testing/index.ts';
import { describeLog } from './describe-log.ts';
import { parseLog, serializeLog } from './log-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const [workload] = ALL_WORKLOADS as [(typeof ALL_WORKLOADS)[number]];
const log = workload.generate({ ...workload.defaults, seed: 9, events: 300, brokenShare: 0.05 });

async function changed(change: (text: string) => string): Promise<string> {
  const path = join(folder, 'changed.log');
  await serializeLog(log, path);
  await writeFile(path, change(await readFile(path, 'utf8')));
  return path;
}

describe('a log file', () => {
  test.each(ALL_WORKLOADS.map(({ name }) => name))('gives %s back as it was', async (name) => {
    const { defaults, generate, oracle } = ALL_WORKLOADS.find(
      (candidate) => candidate.name === name,
    ) as typeof workload;
    const original = generate({ ...defaults, seed: 9, events: 500, brokenShare: 0.05 });
    const path = join(folder, `${name}.log`);
    await serializeLog(original, path);
    const read = parseLog(path);
    expect(describeLog(read)).toEqual(describeLog(original));
    expect(modelOf(read)).toEqual(modelOf(original));
    expect(oracle(read, { late: 'count' }).expectedSamples).toBe(
      oracle(original, { late: 'count' }).expectedSamples,
    );
    expect(read.values.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  test('is a header line and a line a record: partition, key and value', async () => {
    const path = join(folder, 'lines.log');
    await serializeLog(log, path);
    const [header, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(header as string)).toEqual({
      format: 'crosscurrent-log/1',
      specification: log.specification,
      count: 300,
      sha256: log.sha256,
    });
    expect(lines).toHaveLength(300);
    expect(lines.find((line) => line.endsWith('}'))).toMatch(
      /^[0-3]\tm\d{4}\t\{"seq":\d+,"merchant":"m\d{4}","amountMinor":\d+,"tsMs":\d+\}$/,
    );
  });

  test.each([
    [
      'cut between two records',
      (text: string) => `${text.split('\n').slice(0, 200).join('\n')}\n`,
      'WORKLOAD_LOG_TRUNCATED',
    ],
    ['cut within a record', (text: string) => text.slice(0, text.length - 5), 'WORKLOAD_LOG_TRUNCATED'],
    ['cut down to its header', (text: string) => `${text.split('\n')[0]}\n`, 'WORKLOAD_LOG_TRUNCATED'],
    [
      'with another amount',
      (text: string) => text.replace('"amountMinor":', '"amountMinor":1'),
      'WORKLOAD_LOG_HASH_MISMATCH',
    ],
    ['with a record more', (text: string) => `${text}0\tm0001\t{}\n`, 'WORKLOAD_LOG_UNREADABLE'],
    [
      'with a line that is no record',
      (text: string) => text.replace('\n', '\nno record\n'),
      'WORKLOAD_LOG_UNREADABLE',
    ],
    ['without its header', (text: string) => text.slice(text.indexOf('\n') + 1), 'WORKLOAD_LOG_UNREADABLE'],
    [
      'of another format',
      (text: string) => text.replace('crosscurrent-log/1', 'crosscurrent-log/9'),
      'WORKLOAD_LOG_UNREADABLE',
    ],
    ['that is empty', () => '', 'WORKLOAD_LOG_UNREADABLE'],
    [
      'of an unknown workload',
      (text: string) => text.replace('merchant-spend', 'merchants-bend'),
      'WORKLOAD_UNKNOWN',
    ],
  ])('%s is refused', async (_, change, code) => {
    const path = await changed(change);
    expect(() => parseLog(path)).toThrow(expect.objectContaining({ code }));
  });

  test('that does not exist is refused', () => {
    expect(() => parseLog(join(folder, 'nowhere'))).toThrow(
      expect.objectContaining({ code: 'WORKLOAD_LOG_UNREADABLE' }),
    );
  });

  test('that cannot be written leaves nothing behind', async () => {
    const before = await readdir(folder);
    await expect(serializeLog(log, join(folder, 'nowhere', 'x.log'))).rejects.toMatchObject({
      code: 'WORKLOAD_LOG_NOT_WRITTEN',
    });
    await expect(serializeLog(log, folder)).rejects.toMatchObject({ code: 'WORKLOAD_LOG_NOT_WRITTEN' });
    expect(await readdir(folder)).toEqual(before);
  });
});
