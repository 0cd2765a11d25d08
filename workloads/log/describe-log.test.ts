import { expect, test } from 'vitest';
import { getWorkload } from '../all-workloads.ts';
import { describeLog } from './describe-log.ts';

test('counts what a log holds', () => {
  const { defaults, generate } = getWorkload('regional-revenue');
  const log = generate({
    ...defaults,
    seed: 1,
    events: 12_000,
    keys: 20,
    skew: 1,
    lateShare: 0.02,
    brokenShare: 0.01,
  });
  const facts = describeLog(log);
  expect(facts).toMatchObject({
    specification: log.specification,
    sha256: log.sha256,
    records: 12_004,
    distinctKeys: 24,
  });
  expect(facts.recordsByPartition.reduce((sum, records) => sum + records, 0)).toBe(12_004);
  expect(facts.topKeys.map(({ key }) => key)).toEqual([
    'region-001',
    'region-002',
    'region-003',
    'region-004',
    'region-005',
  ]);
  expect(facts.topKeys[0]?.share).toBeCloseTo(1 / 3.598, 1);
  const { brokenRecords, eventTime, firstValue, lastValue, valueBytes } = facts;
  expect({ brokenRecords, eventTime, firstValue, lastValue, valueBytes }).toMatchInlineSnapshot(`
    {
      "brokenRecords": 127,
      "eventTime": {
        "displacedRecords": 606,
        "displacedShare": 0.05048317227590803,
        "earliestOnTimeMs": 1767225600000,
        "largestDisplacementMs": 7924,
        "lateRecords": 166,
        "lateShare": 0.013828723758747084,
        "latestMs": 1767226800000,
      },
      "firstValue": "{"seq":0,"region":"region-008","amountMinor":21981,"eventTimeMs":1767225600000}",
      "lastValue": "{"seq":12003,"region":"sentinel-3-1","amountMinor":0,"eventTimeMs":1767226800000}",
      "valueBytes": 979264,
    }
  `);
});

test('has no event time to tell of where records have none', () => {
  const { defaults, generate } = getWorkload('merchant-spend');
  expect(describeLog(generate({ ...defaults, seed: 1, events: 100 })).eventTime).toBeNull();
});
