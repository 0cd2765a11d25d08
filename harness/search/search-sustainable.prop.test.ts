import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SustainStep } from '../../reports/model/index.ts';
import { type SearchOptions, type SearchResult, searchSustainable } from './search-sustainable.ts';
import { reasonsAgainst, type Slo } from './sustainability.ts';
import { probeServer, sustainableShare } from './testing/simulated-server.ts';

type Verdict = SustainStep['verdict'];
type Step = Pick<SustainStep, 'ratePerSecond' | 'purpose' | 'verdict'>;

const OPTIONS: SearchOptions = {
  from: 1_000,
  lowest: 100,
  highest: 400_000,
  precision: 0.03,
  confirmations: 3,
  maximumProbes: 40,
};
/** Of a search from 1,000 whose probes never contradict each other: 9 to bracket, 5 to bisect, 1 second chance, 2 to confirm. */
const PROBES_WITHOUT_NOISE = 17;
/** From any start: as many as the range has doublings, and the first. */
const PROBES_FROM_ANYWHERE = 21;
const SLO: Slo = { percentile: 99, limitMs: 500 };
/** The closed form knows no samples: at its edges a server is a little faster or slower. */
const MARGIN = 0.0005;

async function search(
  verdictOf: (ratePerSecond: number, probe: number) => Verdict,
  options: Partial<SearchOptions> = {},
): Promise<SearchResult<Step>> {
  let probe = 0;
  return await searchSustainable<Step>(
    async (ratePerSecond, purpose) => {
      const verdict = verdictOf(ratePerSecond, probe);
      probe += 1;
      return { ratePerSecond, purpose, verdict };
    },
    { ...OPTIONS, ...options },
  );
}

const serverVerdict = (capacityPerSecond: number, ratePerSecond: number, slo = SLO): Verdict =>
  reasonsAgainst(probeServer(capacityPerSecond, ratePerSecond, slo), slo).length === 0 ? 'holds' : 'fails';

/** A server whose highest sustainable rate is this one. */
const capacityFor = (sustainable: number, slo = SLO): number => sustainable / sustainableShare(slo);

const rateWithin = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);
const slos: fc.Arbitrary<Slo> = fc.record({
  percentile: fc.constantFrom(90, 99),
  limitMs: fc.integer({ min: 100, max: 1_000 }),
});
const holdsAt = ({ steps }: SearchResult<Step>, rate: number | null): number =>
  steps.filter(({ ratePerSecond, verdict }) => ratePerSecond === rate && verdict === 'holds').length;

describe('on a server of known capacity', () => {
  test('the answer is within 3 % below it, for 100 random capacities and objectives', async () => {
    const cases = fc.asyncProperty(
      rateWithin(110, 390_000),
      slos,
      rateWithin(100, 400_000),
      async (rate, slo, start) => {
        const result = await search((offered) => serverVerdict(capacityFor(rate, slo), offered, slo), {
          from: Math.round(start),
        });
        expect(result.limitedBy).toBe('engine');
        expect(result.sustainablePerSecond).toBeGreaterThan(rate * 0.97);
        expect(result.sustainablePerSecond).toBeLessThan(rate * (1 + MARGIN));
        expect(result.bracket.holds).toBe(result.sustainablePerSecond);
        expect(result.bracket.fails).toBeGreaterThan(rate * (1 - MARGIN));
        expect(holdsAt(result, result.sustainablePerSecond)).toBe(OPTIONS.confirmations);
        expect(result.steps.length).toBeLessThanOrEqual(PROBES_FROM_ANYWHERE);
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  test.each([
    ['the start rate', 1_000],
    ['the lowest rate', 100],
    ['a rate of the doubling', 64_000],
    ['just below the highest', 399_000],
  ])('the answer is %s', async (_, rate) => {
    const result = await search((offered) => serverVerdict(capacityFor(rate * (1 + MARGIN)), offered));
    expect(result.limitedBy).toBe('engine');
    expect(result.sustainablePerSecond).toBeGreaterThan(rate * 0.97);
    expect(result.sustainablePerSecond).toBeLessThanOrEqual(rate * (1 + 2 * MARGIN));
  });

  test.each([400_000, 400_001, 5_000_000])(
    'the range ends the search of one that takes %d/s',
    async (rate) => {
      const result = await search((offered) => serverVerdict(capacityFor(rate * (1 + MARGIN)), offered));
      expect(result).toMatchObject({
        sustainablePerSecond: 400_000,
        bracket: { holds: 400_000, fails: null },
        limitedBy: 'range',
      });
      expect(holdsAt(result, 400_000)).toBe(3);
    },
  );

  test.each([1, 50, 99])('one that takes %d/s, below the lowest rate, has no answer', async (rate) => {
    const result = await search((offered) => serverVerdict(capacityFor(rate), offered));
    expect(result).toMatchObject({
      sustainablePerSecond: null,
      bracket: { holds: null, fails: 100 },
      limitedBy: 'engine',
    });
  });

  test('a range of one rate is answered', async () => {
    const range = { from: 5_000, lowest: 5_000, highest: 5_000 };
    expect(await search(() => 'holds', range)).toMatchObject({
      sustainablePerSecond: 5_000,
      limitedBy: 'range',
    });
    expect(await search(() => 'fails', range)).toMatchObject({
      sustainablePerSecond: null,
      limitedBy: 'engine',
    });
  });
});

describe('with a driver that holds only so much', () => {
  test('the answer is the smaller of the two limits, and says whose it is', async () => {
    const cases = fc.asyncProperty(
      rateWithin(110, 390_000),
      rateWithin(110, 390_000),
      async (engine, driver) => {
        fc.pre(Math.abs(Math.log(engine / driver)) > 0.04);
        const result = await search((offered) => {
          const verdict = serverVerdict(capacityFor(engine), offered);
          return offered > driver && verdict === 'holds' ? 'driver' : verdict;
        });
        const limit = Math.min(engine, driver);
        expect(result.limitedBy).toBe(driver < engine ? 'driver' : 'engine');
        expect(result.sustainablePerSecond).toBeGreaterThan(limit * 0.97);
        expect(result.sustainablePerSecond).toBeLessThan(limit * (1 + MARGIN));
        expect(result.steps.length).toBeLessThanOrEqual(PROBES_WITHOUT_NOISE);
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  test('one driver failure by chance does not bound the search, nor a confirmation', async () => {
    const clean = await search((offered) => serverVerdict(capacityFor(20_000), offered));
    for (const [index] of clean.steps.entries()) {
      const result = await search((offered, probe) =>
        probe === index ? 'driver' : serverVerdict(capacityFor(20_000), offered),
      );
      expect(result.limitedBy).toBe('engine');
      expect(result.sustainablePerSecond).toBeGreaterThan(20_000 * 0.97);
    }
  });
});

describe('with noise', () => {
  test('a capacity that moves by 2 % from probe to probe moves the answer by no more', async () => {
    const cases = fc.asyncProperty(
      rateWithin(110, 390_000),
      fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 40, maxLength: 40 }),
      async (rate, noise) => {
        const result = await search((offered, probe) =>
          serverVerdict(capacityFor(rate * (1 + (noise[probe] as number))), offered),
        );
        expect(result.steps.length).toBeLessThan(OPTIONS.maximumProbes);
        expect(result.sustainablePerSecond).toBeGreaterThan(rate * 0.98 * 0.97);
        expect(result.sustainablePerSecond).toBeLessThan(rate * (1.02 + MARGIN));
        expect(holdsAt(result, result.sustainablePerSecond)).toBe(OPTIONS.confirmations);
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  test('one failure by chance, whichever probe it hits, costs at most one precision more', async () => {
    const cases = fc.asyncProperty(
      rateWithin(110, 390_000),
      fc.nat(PROBES_WITHOUT_NOISE),
      async (rate, hit) => {
        const result = await search((offered, probe) =>
          probe === hit ? 'fails' : serverVerdict(capacityFor(rate), offered),
        );
        expect(result.limitedBy).toBe('engine');
        expect(result.sustainablePerSecond).toBeGreaterThan(rate * 0.97 * 0.97);
        expect(result.sustainablePerSecond).toBeLessThan(rate * (1 + MARGIN));
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });

  test('one success by chance is found out when it is confirmed', async () => {
    const cases = fc.asyncProperty(
      rateWithin(110, 190_000),
      fc.nat(PROBES_WITHOUT_NOISE),
      async (rate, hit) => {
        const result = await search((offered, probe) =>
          probe === hit ? 'holds' : serverVerdict(capacityFor(rate), offered),
        );
        expect(result.sustainablePerSecond).toBeGreaterThan(rate * 0.97);
        expect(result.sustainablePerSecond).toBeLessThan(rate * (1 + MARGIN));
      },
    );
    await fc.assert(cases, { numRuns: 100 });
  });
});

test('a rate that fails when it is confirmed is not the answer, though it would hold the next time', async () => {
  let failed = false;
  const result = await searchSustainable<Step>(
    async (ratePerSecond, purpose) => {
      const isFirstConfirmation = purpose === 'confirm' && ratePerSecond <= 20_000 && !failed;
      failed ||= isFirstConfirmation;
      return {
        ratePerSecond,
        purpose,
        verdict: ratePerSecond > 20_000 || isFirstConfirmation ? 'fails' : 'holds',
      };
    },
    { ...OPTIONS, precision: 0.01 },
  );
  const refused = result.steps.find(
    ({ ratePerSecond, verdict }) => verdict === 'fails' && ratePerSecond <= 20_000,
  );
  expect(failed).toBe(true);
  expect(result.bracket.fails).toBe(refused?.ratePerSecond);
  expect(result.sustainablePerSecond).toBeLessThan(refused?.ratePerSecond as number);
  expect(result.sustainablePerSecond).toBeGreaterThan(20_000 * 0.97);
});

describe('always ends', () => {
  const anyOptions: fc.Arbitrary<SearchOptions> = fc
    .record({
      range: fc.tuple(rateWithin(1, 1_000_000), rateWithin(1, 1_000_000), rateWithin(1, 1_000_000)),
      precision: fc.double({ min: 1e-9, max: 2, noNaN: true }),
      confirmations: fc.integer({ min: 1, max: 6 }),
      maximumProbes: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ range, ...rest }) => {
      const [lowest, from, highest] = range.map(Math.round).sort((a, b) => a - b) as [number, number, number];
      return { lowest, from, highest, ...rest };
    });

  test('within the stated probes, in the range, with a probe that answers at random', async () => {
    const verdicts = fc.array(fc.constantFrom<Verdict>('holds', 'fails', 'driver'), {
      minLength: 60,
      maxLength: 60,
    });
    const cases = fc.asyncProperty(anyOptions, verdicts, async (options, answers) => {
      const result = await search((_, probe) => answers[probe] as Verdict, options);
      const { sustainablePerSecond, bracket, steps } = result;
      expect(steps.length).toBeLessThanOrEqual(options.maximumProbes);
      for (const { ratePerSecond } of steps) {
        expect(Number.isSafeInteger(ratePerSecond)).toBe(true);
        expect(ratePerSecond).toBeGreaterThanOrEqual(options.lowest);
        expect(ratePerSecond).toBeLessThanOrEqual(options.highest);
      }
      if (sustainablePerSecond !== null) {
        expect(holdsAt(result, sustainablePerSecond)).toBeGreaterThanOrEqual(options.confirmations);
        expect(bracket.fails ?? Number.POSITIVE_INFINITY).toBeGreaterThan(sustainablePerSecond);
      }
    });
    await fc.assert(cases, { numRuns: 1_000 });
  });

  test('without a limit on probes too, with a probe that answers at random', async () => {
    const cases = fc.asyncProperty(
      anyOptions,
      fc.infiniteStream(fc.constantFrom<Verdict>('holds', 'fails', 'driver')),
      async (options, answers) => {
        const result = await search(() => answers.next().value, {
          ...options,
          precision: Math.max(options.precision, 0.01),
          maximumProbes: 1_000_000,
        });
        expect(result.limitedBy).not.toBe('probes');
      },
    );
    await fc.assert(cases, { numRuns: 200 });
  });
});

test('what the probe throws ends the search', async () => {
  const failure = new Error('no broker');
  await expect(searchSustainable(() => Promise.reject(failure), OPTIONS)).rejects.toBe(failure);
});
