/** How far a misspelt word may be from what was meant, in letters. */
const FARTHEST = 3;

/**
 * The known word that a misspelt one is nearest to: by letters to insert, delete or replace (V. I. Levenshtein 1966), or one that holds it
 * or is held by it. Null where none is near.
 */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  const part = known.find(
    (each) => wanted.length > FARTHEST && (each.includes(wanted) || wanted.includes(each)),
  );
  const ranked = known
    .map((each) => ({ each, distance: distanceOf(wanted, each) }))
    .sort((one, other) => one.distance - other.distance);
  const [first] = ranked;
  if (first !== undefined && first.distance <= Math.min(FARTHEST, Math.floor(wanted.length / 2)))
    return first.each;
  return part ?? null;
}

function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[other.length] as number;
}
