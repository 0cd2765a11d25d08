import type { Key } from './key-group.ts';

/** An entry of one key and namespace. A key seldom has more than a few live namespaces, so they form a chain. */
export interface ChainedEntry<Self> {
  readonly key: Key;
  readonly namespace: number;
  next: Self | undefined;
}

export function findEntry<Entry extends ChainedEntry<Entry>>(
  chains: ReadonlyMap<Key, Entry>,
  key: Key,
  namespace: number,
): Entry | undefined {
  let entry = chains.get(key);
  while (entry !== undefined && entry.namespace !== namespace) entry = entry.next;
  return entry;
}

/** Adds an entry that `findEntry` does not find. */
export function linkEntry<Entry extends ChainedEntry<Entry>>(chains: Map<Key, Entry>, entry: Entry): void {
  entry.next = chains.get(entry.key);
  chains.set(entry.key, entry);
}

/** Takes an entry out. Its own link stays, for readers that stand on it. */
export function unlinkEntry<Entry extends ChainedEntry<Entry>>(chains: Map<Key, Entry>, entry: Entry): void {
  const first = chains.get(entry.key);
  if (first === entry) {
    if (entry.next === undefined) chains.delete(entry.key);
    else chains.set(entry.key, entry.next);
    return;
  }
  for (let before = first; before !== undefined; before = before.next) {
    if (before.next === entry) {
      before.next = entry.next;
      return;
    }
  }
}
