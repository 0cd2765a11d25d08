import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { BatchWriter, decodeRecords } from '../codec/index.ts';
import type { Isolation } from '../port/index.ts';
import { valueText } from '../port/index.ts';
import { LogStore } from './log-store.ts';
import type { ProducerIdentity } from './producer-registry.ts';

const TOPIC = 'topic';
const PRODUCERS = 3;

type Step =
  | { readonly type: 'append'; readonly producer: number | undefined; readonly records: number }
  | { readonly type: 'commit' | 'abort' | 'restart'; readonly producer: number };

const producer = fc.nat({ max: PRODUCERS - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('append' as const),
    producer: fc.option(producer, { nil: undefined }),
    records: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ type: fc.constantFrom('commit' as const, 'abort' as const, 'restart' as const), producer }),
);

/** The simplest right answer: every offset with its value (none for a marker) and its transaction's fate. */
interface Slot {
  readonly value: string | undefined;
  fate: 'open' | 'committed' | 'aborted';
}

class Model {
  readonly slots: Slot[] = [];
  readonly #open = new Map<number, Slot[]>();

  append(value: string, by: number | undefined): void {
    const slot: Slot = { value, fate: by === undefined ? 'committed' : 'open' };
    this.slots.push(slot);
    if (by !== undefined) this.#open.set(by, [...(this.#open.get(by) ?? []), slot]);
  }

  end(by: number, fate: 'committed' | 'aborted'): void {
    const open = this.#open.get(by);
    if (open === undefined) return;
    for (const slot of open) slot.fate = fate;
    this.#open.delete(by);
    this.slots.push({ value: undefined, fate });
  }

  visible(isolation: Isolation): string[] {
    const firstOpen = this.slots.findIndex(({ fate }) => fate === 'open');
    const readable =
      isolation === 'read-uncommitted' || firstOpen < 0 ? this.slots : this.slots.slice(0, firstOpen);
    return readable.flatMap(({ value, fate }, offset) =>
      value === undefined || (isolation === 'read-committed' && fate === 'aborted')
        ? []
        : [`${offset}:${value}`],
    );
  }
}

const stores: LogStore[] = [];
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
});

function emptyStore(): LogStore {
  const store = new LogStore();
  store.createTopics([{ topic: TOPIC, partitions: 1 }]);
  stores.push(store);
  return store;
}

/** Reads in fetches of the given size, as a reader would, until the position has reached the end. */
function read(store: LogStore, isolation: Isolation, maxBytes: number): string[] {
  const seen: string[] = [];
  const end = store.endOffsets(TOPIC, isolation)[0] as number;
  for (let offset = 0; offset < end; ) {
    const [slice] = store.fetch({
      positions: [{ topic: TOPIC, partition: 0, offset }],
      isolation,
      maxBytes,
      maxBytesPerPartition: maxBytes,
    });
    if (slice === undefined) throw new Error(`nothing at ${offset} of ${end}`);
    const bytes = Buffer.concat(slice.bytes);
    for (const batch of decodeRecords(bytes, 0, bytes.length, { fromOffset: offset }).batches)
      for (let index = 0; index < batch.count; index += 1)
        seen.push(`${batch.offsets[index]}:${valueText(batch, index)}`);
    expect(slice.nextOffset).toBeGreaterThan(offset);
    offset = slice.nextOffset;
  }
  return seen;
}

test('readers see what a plain model of transactions says, whatever the interleaving', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 400 }), (steps, maxBytes) => {
      const store = emptyStore();
      const model = new Model();
      const register = (index: number): ProducerIdentity =>
        store.registerProducer(`producer-${index}`, 60_000);
      const identities = Array.from({ length: PRODUCERS }, (_, index) => register(index));
      let written = 0;
      for (const each of steps) {
        if (each.type === 'append') {
          const writer = new BatchWriter();
          for (let record = 0; record < each.records; record += 1) {
            writer.append(null, `v${written}`, 0);
            model.append(`v${written}`, each.producer);
            written += 1;
          }
          const identity = each.producer === undefined ? undefined : identities[each.producer];
          store.append(TOPIC, 0, writer.finish(), each.records, identity);
        } else if (each.type === 'restart') {
          model.end(each.producer, 'aborted');
          identities[each.producer] = register(each.producer);
        } else {
          const outcome = each.type === 'commit' ? 'committed' : 'aborted';
          model.end(each.producer, outcome);
          store.endTransaction(identities[each.producer] as ProducerIdentity, outcome);
        }
      }
      for (const isolation of ['read-committed', 'read-uncommitted'] as const)
        expect(read(store, isolation, maxBytes)).toEqual(model.visible(isolation));
      store.close();
    }),
    { numRuns: 200 },
  );
});

test('a transaction open for too long is aborted, and its producer fenced', async () => {
  const store = emptyStore();
  const identity = store.registerProducer('slow', 1);
  const writer = new BatchWriter();
  writer.append(null, 'late', 0);
  const bytes = writer.finish();
  store.append(TOPIC, 0, Buffer.from(bytes), 1, identity);
  await store.changed(20_000, new AbortController().signal);
  expect(store.endOffsets(TOPIC, 'read-committed')).toEqual([2]);
  expect(read(store, 'read-committed', 1_000)).toEqual([]);
  expect(() => store.append(TOPIC, 0, Buffer.from(bytes), 1, identity)).toThrow(
    expect.objectContaining({ code: 'KAFKA_PRODUCER_FENCED' }),
  );
});
