/**
 * The key that most of the lists have an item with: what is compared, is compared at one rate, under one objective. Of several the one that
 * `isBefore` puts first; null where there is none, or where several lists have items and no two of them share a key.
 */
export function mostShared<Item, Key>(
  lists: readonly (readonly Item[])[],
  keyOf: (item: Item) => Key,
  isBefore: (one: Key, other: Key) => boolean,
): Key | null {
  const found = new Map<string, { key: Key; lists: number }>();
  for (const items of lists) {
    const keys = new Map(items.map((item) => [JSON.stringify(keyOf(item)), keyOf(item)]));
    for (const [text, key] of keys) {
      found.set(text, { key, lists: (found.get(text)?.lists ?? 0) + 1 });
    }
  }
  const [first] = [...found.values()].sort(
    (one, other) => other.lists - one.lists || (isBefore(one.key, other.key) ? -1 : 1),
  );
  if (first === undefined) return null;
  const known = lists.filter((items) => items.length > 0).length;
  return first.lists === 1 && known > 1 ? null : first.key;
}
