import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CopyOnWriteGroup, type VersionedEntry } from './copy-on-write.ts';
import { type ChainedEntry, findEntry, linkEntry, unlinkEntry } from './entry-chain.ts';

interface Entry extends ChainedEntry<Entry>, VersionedEntry<Entry> {
  value: number;
}

const key = fc.constantFrom('a', 'b', 'c', 'd');
const namespace = fc.constantFrom(0, 1, 2);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set' as const), key, namespace, value: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), key, namespace }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('begin' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('read' as const), entries: fc.nat(4) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const) }) },
);

/** The entries as a map from 'key/namespace' to value. */
type Content = Map<string, number>;

/** Gives each entry of a snapshot to a map; twice the same entry is an error. */
class Reader {
  readonly seen: Content = new Map();
  readonly #entries: Generator<Entry, void>;

  constructor(group: CopyOnWriteGroup<string | number, Entry>) {
    this.#entries = group.snapshotEntries();
  }

  read(count: number): void {
    for (let index = 0; index < count; index++) {
      const { value: entry, done } = this.#entries.next();
      if (done === true || entry === undefined) return;
      const id = `${entry.key}/${entry.namespace}`;
      expect(this.seen.has(id)).toBe(false);
      this.seen.set(id, entry.value);
    }
  }
}

it('gives a snapshot each entry of its instant once, whatever changes between any two reads', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const group = new CopyOnWriteGroup<string | number, Entry>();
      const content: Content = new Map();
      let running: { readonly expected: Content; readonly reader: Reader } | undefined;
      const finish = (): void => {
        running?.reader.read(Number.POSITIVE_INFINITY);
        if (running !== undefined) expect(running.reader.seen).toEqual(running.expected);
        running = undefined;
      };
      for (const action of steps) {
        switch (action.kind) {
          case 'set':
            setInPlace(group, action.key, action.namespace, action.value);
            content.set(`${action.key}/${action.namespace}`, action.value);
            break;
          case 'remove':
            remove(group, action.key, action.namespace);
            content.delete(`${action.key}/${action.namespace}`);
            break;
          case 'begin':
            finish();
            group.beginSnapshot('full', false);
            running = { expected: new Map(content), reader: new Reader(group) };
            break;
          case 'read':
            running?.reader.read(action.entries);
            break;
          case 'release':
            if (running !== undefined) group.endSnapshot();
            running = undefined;
            break;
          default:
            action satisfies never;
        }
      }
      finish();
    }),
    { numRuns: 1_000 },
  );
});

it('gives snapshots of changes that make a copy follow the group, whatever changes between any two reads', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const group = new CopyOnWriteGroup<string | number, Entry>();
      const content: Content = new Map();
      const copy: Content = new Map();
      let following = false;
      let running:
        | { readonly expected: Content; readonly removed: string[]; readonly reader: Reader }
        | undefined;
      const finish = (): void => {
        if (running === undefined) return;
        running.reader.read(Number.POSITIVE_INFINITY);
        for (const id of running.removed) copy.delete(id);
        for (const [id, value] of running.reader.seen) copy.set(id, value);
        expect(copy).toEqual(running.expected);
        following = true;
        running = undefined;
      };
      for (const action of steps) {
        switch (action.kind) {
          case 'set':
            setInPlace(group, action.key, action.namespace, action.value);
            content.set(`${action.key}/${action.namespace}`, action.value);
            break;
          case 'remove':
            remove(group, action.key, action.namespace);
            content.delete(`${action.key}/${action.namespace}`);
            break;
          case 'begin':
            finish();
            if (!following) copy.clear();
            group.beginSnapshot(following ? 'changes' : 'full', true);
            running = {
              expected: new Map(content),
              removed: group.removedEntries.map(({ key, namespace }) => `${key}/${namespace}`),
              reader: new Reader(group),
            };
            break;
          case 'read':
            running?.reader.read(action.entries);
            break;
          case 'release':
            if (running !== undefined) group.endSnapshot();
            running = undefined;
            following = false;
            break;
          default:
            action satisfies never;
        }
      }
      finish();
    }),
    { numRuns: 1_000 },
  );
});

it('gives a snapshot of changes nothing that did not change since the one before', () => {
  const group = new CopyOnWriteGroup<string | number, Entry>(true);
  for (const key of ['a', 'b', 'c']) setInPlace(group, key, 0, 1);
  group.beginSnapshot('full', true);
  expect([...group.snapshotEntries()]).toHaveLength(3);
  setInPlace(group, 'b', 0, 2);
  group.beginSnapshot('changes', true);
  setInPlace(group, 'a', 0, 3);
  expect([...group.snapshotEntries()].map(({ key, value }) => [key, value])).toEqual([['b', 2]]);
});

function setInPlace(
  group: CopyOnWriteGroup<string | number, Entry>,
  key: string,
  namespace: number,
  value: number,
): void {
  const entry = findEntry(group.chains, key, namespace);
  if (entry === undefined) {
    const added: Entry = { key, namespace, value, version: 0, next: undefined };
    linkEntry(group.chains, added);
    group.added(added);
    return;
  }
  group.beforeChange(entry, (old) => ({ ...old }));
  entry.value = value;
}

function remove(group: CopyOnWriteGroup<string | number, Entry>, key: string, namespace: number): void {
  const entry = findEntry(group.chains, key, namespace);
  if (entry === undefined) return;
  group.beforeRemove(entry);
  unlinkEntry(group.chains, entry);
}
