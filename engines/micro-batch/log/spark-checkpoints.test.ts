import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { COMMIT_FORMAT } from './commit-log.ts';
import { OFFSET_FORMAT } from './offset-log.ts';
import { parseQueryMetadata } from './query-metadata.ts';

/** Files of Spark's own golden checkpoints, by their paths; where they are from is said in the file. */
const { files } = JSON.parse(
  await readFile(new URL('./spark-checkpoints.json', import.meta.url), 'utf8'),
) as { readonly files: Readonly<Record<string, string>> };

const fileOf = (path: string): string => files[path] as string;
const PARTITIONS = 'spark.sql.shuffle.partitions';

/* What OffsetSeqLogSuite and the suites of each checkpoint assert, or what stands in the file. */
test.each([
  ['offset-log-version-2.1.0/0', 0, 1480981499528, undefined, ['0', '{"topic-0":{"0":1}}']],
  ['checkpoint-version-2.1.0/offsets/1', 0, 1489180209261, undefined, ['2']],
  ['checkpoint-version-2.3.1-for-multi-watermark-policy/offsets/1', 10_000, 1531172902217, '10', ['1', '0']],
  ['checkpoint-version-2.3.1-without-commit-log-metadata/offsets/1', 5_000, 1531991878604, '5', ['1']],
  ['checkpoint-version-2.4.0-streaming-join/offsets/0', 0, 1548845804202, '5', ['0', '0']],
  ['checkpoint-version-3.0.0-streaming-statestore-codec/offsets/0', 0, 1603918440918, '1', ['0']],
  ['checkpoint-version-3.2.0-deduplication-with-repartition/offsets/1', 0, 1645693802625, '5', ['1']],
  ['checkpoint-version-3.5.1-streaming-deduplication/offsets/1', 0, 1719278978807, '5', ['1']],
  ['checkpoint-version-4.0.0-tws-avro/offsets/1', 0, 1734074257473, '5', ['1']],
  ['offset-map/3', 0, 1758651405232, '5', ['3']],
])('offsets: %s', (path, batchWatermarkMs, batchTimestampMs, partitions, sources) => {
  const entry = OFFSET_FORMAT.parse(fileOf(path));
  expect(entry).toMatchObject({ batchWatermarkMs, batchTimestampMs, sources });
  expect(entry.conf[PARTITIONS]).toBe(partitions);
});

test.each([
  'checkpoint-version-2.3.1-flatMapGroupsWithState-state-format-1/commits/1',
  'checkpoint-version-4.0.0-tws-avro/commits/1',
  'testCommitLogV2/testCommitLog',
  'testCommitLogV2-empty-unique-id/testCommitLog',
])('commits: %s', (path) => {
  expect(COMMIT_FORMAT.parse(fileOf(path)).nextBatchWatermarkMs).toBe(0);
});

test.each([
  ['checkpoint-version-2.1.0/metadata', 'dddc5e7f-1e71-454c-8362-de184444fb5a'],
  ['checkpoint-version-4.0.0-tws-avro/metadata', 'f3f30619-9175-4329-97a7-f5629deaad89'],
])('metadata: %s', (path, id) => {
  expect(parseQueryMetadata(fileOf(path))).toBe(id);
});

test('metadata that is damaged is refused', () => {
  expect(() => parseQueryMetadata('{"id":')).toThrow(
    expect.objectContaining({ code: 'MICRO_BATCH_LOG_CORRUPT' }),
  );
});

/*
 * apache/spark (Apache-2.0), OffsetSeqLogSuite: "OffsetSeqMetadata - deserialization". The last case of the suite is no JSON object to the end, which
 * Spark's parser ignores; here the unknown field stands inside.
 */
const conf = (partitions: string) => ({ [PARTITIONS]: partitions });
test.each([
  ['{}', 0, 0, {}],
  ['{"batchWatermarkMs":1}', 1, 0, {}],
  ['{"batchTimestampMs":2}', 0, 2, {}],
  [`{"conf": {"${PARTITIONS}":2}}`, 0, 0, conf('2')],
  ['{"batchWatermarkMs":1,"batchTimestampMs":2}', 1, 2, {}],
  [`{"batchWatermarkMs":1,"conf": {"${PARTITIONS}":3}}`, 1, 0, conf('3')],
  [`{"batchTimestampMs":2,"conf": {"${PARTITIONS}":3}}`, 0, 2, conf('3')],
  [`{"batchWatermarkMs":1,"batchTimestampMs":2,"conf": {"${PARTITIONS}":3}}`, 1, 2, conf('3')],
  [`{"batchWatermarkMs":1,"batchTimestampMs":2,"conf": {"${PARTITIONS}":3},"unknown":1}`, 1, 2, conf('3')],
])('metadata of offsets: %s', (metadata, batchWatermarkMs, batchTimestampMs, expected) => {
  expect(OFFSET_FORMAT.parse(`v1\n${metadata}`)).toEqual({
    batchWatermarkMs,
    batchTimestampMs,
    conf: expected,
    sources: [],
  });
});

test('offsets without metadata have none, and an offset of version 2 belongs to a numbered source', () => {
  expect(OFFSET_FORMAT.parse('v1\n\n5\n-')).toMatchObject({ batchWatermarkMs: 0, sources: ['5', null] });
  expect(OFFSET_FORMAT.parse('v2\n{}\n1:-\n0:{"t":{"0":7}}').sources).toEqual(['{"t":{"0":7}}', null]);
  expect(() => OFFSET_FORMAT.parse('v2\n{}\norders:{"t":{"0":7}}')).toThrow('numbered sources');
});
