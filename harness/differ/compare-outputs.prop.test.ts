import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareOutputs, differenceCount, type OutputRules } from './compare-outputs.ts';
import { type OutputRecord, outputRecord } from './output-record.ts';

const RULES: OutputRules = { identity: ['id'], lastOfEach: false, mayBeMissing: () => false, limit: 1_000 };

const record = (id: number, total: number): OutputRecord =>
  outputRecord(`k${id}`, Buffer.from(JSON.stringify({ id, total })));

/** Of one identity each. */
const anyRecords = fc
  .uniqueArray(fc.tuple(fc.nat(200), fc.nat(5)), { selector: ([id]) => id, minLength: 1, maxLength: 40 })
  .map((pairs) => pairs.map(([id, total]) => record(id, total)));

/** The records, the same in another order, and one of them. */
const anyShuffled = anyRecords.chain((records) =>
  fc.tuple(
    fc.constant(records),
    fc.shuffledSubarray(records, { minLength: records.length }),
    fc.nat(records.length - 1),
  ),
);

test('multisets of the same records are the same in any order, repeats included', () => {
  const anyMultiset = fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { maxLength: 30 });
  fc.assert(
    fc.property(
      anyMultiset.chain((pairs) =>
        fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
      ),
      ([base, other]) => {
        const of = (pairs: typeof base): OutputRecord[] => pairs.map(([id, total]) => record(id, total));
        const compared = compareOutputs(of(base), of(other), RULES);
        expect(differenceCount(compared)).toBe(0);
        expect(compared.same).toBe(base.length);
      },
    ),
  );
});

test('one changed, one missing or one repeated record is found and named, and nothing else', () => {
  fc.assert(
    fc.property(anyShuffled, ([base, shuffled, at]) => {
      const one = shuffled[at] as OutputRecord;
      const { id, total } = one.fields as { id: number; total: number };
      const changed = record(id, total + 1);
      const without = shuffled.filter((_, index) => index !== at);
      const found = (other: readonly OutputRecord[]) => compareOutputs(base, other, RULES).differences;
      expect(found([...without, changed])).toEqual([
        { kind: 'different', base: one, other: changed, fields: ['total'] },
      ]);
      expect(found(without)).toEqual([{ kind: 'only-base', record: one }]);
      expect(found([...shuffled, one])).toEqual([
        { kind: 'repeated', record: one, baseTimes: 1, otherTimes: 2 },
      ]);
      expect(compareOutputs(without, base, RULES).differences).toEqual([{ kind: 'only-other', record: one }]);
    }),
  );
});

test('counts add up: every record is the same, a difference, or a surplus copy', () => {
  const anyMultiset = fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { maxLength: 25 });
  fc.assert(
    fc.property(anyMultiset, anyMultiset, (base, other) => {
      const of = (pairs: typeof base): OutputRecord[] => pairs.map(([id, total]) => record(id, total));
      const compared = compareOutputs(of(base), of(other), RULES);
      const surplus = compared.differences.reduce(
        (sum, difference) =>
          difference.kind === 'repeated' ? sum + Math.abs(difference.baseTimes - difference.otherTimes) : sum,
        0,
      );
      const alone = 2 * compared.different + compared.onlyBase + compared.onlyOther;
      expect(2 * compared.same + alone + surplus).toBe(base.length + other.length);
    }),
  );
});
