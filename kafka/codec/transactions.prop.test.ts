import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valueText } from '../port/index.ts';
import { batchOf, markerOf } from './batch-surgery.ts';
import { type AbortedTransaction, decodeRecords } from './index.ts';

type Step =
  | { readonly kind: 'write'; readonly producerId: number; readonly records: number }
  | { readonly kind: 'end'; readonly producerId: number; readonly type: 'commit' | 'abort' };

const producerId = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('write'), producerId, records: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('end'), producerId, type: fc.constantFrom('commit', 'abort') }),
);

it('a reader of committed records sees those of the committed transactions, from any offset', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.nat(), (steps, place) => {
      const { log, committed, aborted, end } = written(steps);
      const fromOffset = end === 0 ? 0 : place % end;
      // As a broker does: the batch that holds the offset, and the aborted transactions that end behind it.
      const { batches, nextOffset } = decodeRecords(log, 0, log.length, {
        fromOffset,
        abortedTransactions: aborted.filter((each) => each.endOffset > fromOffset),
      });
      const values = batches.flatMap((batch) =>
        Array.from({ length: batch.count }, (_, index) => Number(valueText(batch, index))),
      );
      expect(values).toEqual(committed.filter((offset) => offset >= fromOffset));
      expect(nextOffset).toBe(end);
    }),
  );
});

/** A log in which every transaction has ended; each value is the record's offset. */
function written(steps: readonly Step[]) {
  const batches: Buffer[] = [];
  const open = new Map<number, number[]>();
  const committed: number[] = [];
  const aborted: (AbortedTransaction & { endOffset: number })[] = [];
  let end = 0;
  const finish = (id: number, type: 'commit' | 'abort') => {
    const offsets = open.get(id);
    if (offsets === undefined) return;
    open.delete(id);
    if (type === 'commit') committed.push(...offsets);
    else aborted.push({ producerId: id, firstOffset: offsets[0] as number, endOffset: end });
    batches.push(markerOf(type, id, end++));
  };
  for (const each of steps) {
    if (each.kind === 'end') {
      finish(each.producerId, each.type);
      continue;
    }
    const offsets = Array.from({ length: each.records }, (_, index) => end + index);
    const values = offsets.map(String);
    batches.push(batchOf(values, { baseOffset: end, producerId: each.producerId, attributes: 0x10 }));
    open.set(each.producerId, [...(open.get(each.producerId) ?? []), ...offsets]);
    end += each.records;
  }
  for (const id of [...open.keys()]) finish(id, 'abort');
  committed.sort((left, right) => left - right);
  return { log: Buffer.concat(batches), committed, aborted, end };
}
