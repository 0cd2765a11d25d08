import { describe, expect, test } from 'vitest';
import { getWorkload } from '../all-workloads.ts';
import type { WorkloadName } from './recorded-log.ts';
import { parseLogSpecification } from './specification.ts';

function specification(
  knobs: Readonly<Record<string, unknown>>,
  workload: WorkloadName = 'regional-revenue',
): unknown {
  return { ...getWorkload(workload).defaults, seed: 1, events: 100, ...knobs };
}

const codeAndMessage = (input: unknown): unknown => {
  try {
    return parseLogSpecification(input);
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
};

describe('parseLogSpecification', () => {
  test('returns what it is given', () => {
    expect(parseLogSpecification(specification({}))).toEqual(specification({}));
  });

  test.each([
    [{ workload: 'nothing' }, 'WORKLOAD_UNKNOWN'],
    [{ keys: 0 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ keys: 1.5 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ keys: undefined }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ events: 0 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ events: 1e9 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ partitions: 0 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ partitions: 257 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ skew: -1 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ skew: Number.NaN }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ seed: -1 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ seed: 2 ** 32 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ more: 1 }, 'WORKLOAD_SPECIFICATION_INVALID'],
    [{ lateShare: -0.1 }, 'WORKLOAD_SHARE_IMPOSSIBLE'],
    [{ lateShare: 0.6 }, 'WORKLOAD_SHARE_IMPOSSIBLE'],
    [{ disorderShare: 1.1 }, 'WORKLOAD_SHARE_IMPOSSIBLE'],
    [{ brokenShare: 1 }, 'WORKLOAD_SHARE_IMPOSSIBLE'],
  ])('refuses %o', (knobs, code) => {
    expect(codeAndMessage(specification(knobs))).toMatch(new RegExp(`^${code}: `));
  });

  test('refuses disorder and late records where event time plays no part', () => {
    for (const knob of ['disorderShare', 'lateShare']) {
      expect(codeAndMessage(specification({ [knob]: 0.1 }, 'login-tracker'))).toBe(
        `WORKLOAD_KNOB_UNUSED: Event time plays no part in login-tracker, so its ${knob} must be 0, not 0.1.`,
      );
    }
  });

  test('says which knob has which value', () => {
    expect(codeAndMessage(specification({ keys: 0 }))).toMatchInlineSnapshot(
      `"WORKLOAD_SPECIFICATION_INVALID: A log cannot be made with keys 0: Too small: expected number to be >=1."`,
    );
    expect(codeAndMessage('x')).toMatchInlineSnapshot(
      `"WORKLOAD_SPECIFICATION_INVALID: A log cannot be made with the specification "x": Invalid input: expected object, received string."`,
    );
  });

  test('is what generating begins with', () => {
    const { defaults, generate } = getWorkload('login-tracker');
    expect(() => generate({ ...defaults, seed: 1, events: 10, keys: 0 })).toThrow(
      expect.objectContaining({ code: 'WORKLOAD_SPECIFICATION_INVALID' }),
    );
  });
});

test('a log of sales needs a region in every partition', () => {
  const { defaults, generate } = getWorkload('regional-revenue');
  expect(() => generate({ ...defaults, seed: 1, events: 1_000, keys: 2 })).toThrow(
    expect.objectContaining({ code: 'WORKLOAD_PARTITION_WITHOUT_KEYS', exit: 'usage' }),
  );
});

test('an unknown workload is refused with the names of the known ones', () => {
  expect(() => getWorkload('nothing')).toThrow('There is no workload "nothing".');
});
