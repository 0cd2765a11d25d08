import { describe, expect, test } from 'vitest';
import { ALL_WORKLOADS, getWorkload } from './all-workloads.ts';
import { describeLog, type LogSpecification } from './log/index.ts';

function generate(name: string, knobs: Partial<LogSpecification> = {}) {
  const workload = getWorkload(name);
  return workload.generate({ ...workload.defaults, seed: 42, events: 2_000, ...knobs });
}

const hashes = (knobs: Partial<LogSpecification> = {}): string[] =>
  ALL_WORKLOADS.map(({ name }) => generate(name, knobs).sha256);

describe('bytes of a log', () => {
  test('are those of every machine and every run', () => {
    expect(hashes()).toMatchInlineSnapshot(`
      [
        "6e00d99d873bb68409025594e57fcfb481286681db2c353b463e3e15ba48e5e3",
        "bbbae50b14bff4ddd602797bb804b2140b13cd65c032805ebe57d33f6d781181",
        "c469e3449a88ce6983d9fcab65d9243ebb583c2ea5ccb8c9998132fe16330277",
      ]
    `);
    expect(hashes({ brokenShare: 0.1, skew: 1.2, seed: 7 })).toMatchInlineSnapshot(`
      [
        "4f963c80adad78d34bbd7a40230a99f9dc033c3e61f86e6ad52a16bdf8059245",
        "0c9ca8f144cd5081e5168f2ea61ec1025d820849216274658b20e7ddba9c9363",
        "b0c5767729178e8d60557c2c7dfc833031a0bd37a9ec071c8c309bfdb8f13a40",
      ]
    `);
  });

  test('begin as they always did', () => {
    expect(ALL_WORKLOADS.map(({ name }) => describeLog(generate(name)).firstValue)).toMatchInlineSnapshot(`
      [
        "{"seq":0,"merchant":"m0015","amountMinor":48533,"tsMs":1767225600000}",
        "{"seq":0,"user":"u00443","outcome":"SUCCESS","tsMs":1767225600000}",
        "{"seq":0,"region":"region-023","amountMinor":48533,"eventTimeMs":1767225600000}",
      ]
    `);
    expect(describeLog(generate('regional-revenue')).lastValue).toMatchInlineSnapshot(
      `"{"seq":2003,"region":"sentinel-3-1","amountMinor":0,"eventTimeMs":1767226200000}"`,
    );
  });

  test('depend on every knob', () => {
    const knobs: Partial<LogSpecification>[] = [
      { seed: 43 },
      { events: 2_001 },
      { keys: 50 },
      { skew: 0.9 },
      { brokenShare: 0.01 },
    ];
    for (const knob of [...knobs, { partitions: 3 }]) {
      for (const { name } of ALL_WORKLOADS)
        expect(generate(name, knob).sha256).not.toBe(generate(name).sha256);
    }
    expect(generate('regional-revenue', { disorderShare: 0 }).sha256).not.toBe(
      generate('regional-revenue').sha256,
    );
  });

  test('of the values are the same for any number of partitions where event time plays no part', () => {
    for (const name of ['merchant-spend', 'login-tracker']) {
      expect(linesOf(generate(name, { partitions: 7 }))).toEqual(linesOf(generate(name, { partitions: 1 })));
    }
  });

  test('of a broken record are a part of what stood there, and no other record changes', () => {
    for (const { name } of ALL_WORKLOADS) {
      const whole = linesOf(generate(name));
      const broken = linesOf(generate(name, { brokenShare: 0.1 }));
      const changed = broken.filter((line, index) => line !== whole[index]);
      expect(changed.length).toBeGreaterThan(100);
      for (const [index, line] of broken.entries()) expect(whole[index]?.startsWith(line)).toBe(true);
      expect(new Set(changed).size).toBe(changed.length);
    }
  });
});

function linesOf(log: ReturnType<typeof generate>): string[] {
  const bytes = Buffer.from(log.values);
  return Array.from({ length: log.count }, (_, index) =>
    bytes.toString('utf8', log.valueStart[index], log.valueStart[index + 1]),
  );
}

test('about one login in thirty raises an alert, whatever the seed and the number of users', () => {
  const workload = getWorkload('login-tracker');
  for (const [seed, keys] of [
    [1, 1_000],
    [2, 1_000],
    [3, 40],
    [4, 5_000],
  ] as const) {
    const log = workload.generate({ ...workload.defaults, seed, keys, events: 60_000 });
    const rate = log.count / workload.oracle(log, { late: 'none' }).expectedSamples;
    expect(rate).toBeGreaterThan(24);
    expect(rate).toBeLessThan(37);
  }
});

test('12 seconds of regional-revenue at 5,000 events a second give a thousand windows', () => {
  const workload = getWorkload('regional-revenue');
  const log = workload.generate({ ...workload.defaults, seed: 1, events: 60_000 });
  expect(workload.oracle(log, { late: 'count' }).expectedSamples).toBeGreaterThanOrEqual(1_000);
});
