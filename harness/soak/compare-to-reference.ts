import type { Guarantee } from '../../engines/pipeline/index.ts';
import { OUTPUTS } from '../../workloads/index.ts';
import { lastOfEach, type OutputRecord, recordText } from '../differ/index.ts';

/** How the results of a workload are held against the reference; all other outputs are compared record by record. */
export interface ReferenceRules {
  /** Fields that tell one result from every other. */
  readonly identity: readonly string[];
  /** Of each identity only the last result counts: the engine merges the values before it as it likes. */
  readonly lastOfEach: boolean;
  /** The results of a key must come in the reference's order. */
  readonly inOrder: boolean;
  /** Whether a result may be missing on one side. */
  readonly mayBeMissing: (fields: Readonly<Record<string, unknown>>) => boolean;
  /** Under at-least-once a record may come again; it must still come, and the last result of each key must be the reference's. */
  readonly guarantee: Guarantee;
}

/** Committed records by logical output. */
export type Outputs = Readonly<Record<string, readonly OutputRecord[]>>;

/** In what records deviate from the reference; the counts are of records, of `disordered` of keys. */
export interface Deviations {
  readonly compared: number;
  /** Of the reference, and not there. */
  readonly lost: number;
  /** There more often than in the reference. */
  readonly duplicated: number;
  /** There, and not in the reference: one with another value is also a lost one. */
  readonly different: number;
  /** Keys whose results are the right ones, but not in their order. */
  readonly disordered: number;
  /** The first few of each kind, a line each. */
  readonly examples: readonly string[];
}

const EXAMPLES_KEPT = 5;

/** Whether a guarantee allows for the deviations. */
export function isKept(
  { lost, duplicated, different, disordered }: Omit<Deviations, 'examples' | 'compared'>,
  guarantee: Guarantee,
): boolean {
  return (
    lost === 0 && different === 0 && disordered === 0 && (duplicated === 0 || guarantee === 'at-least-once')
  );
}

/** Holds what came out under kills against what came out without. */
export function compareToReference(reference: Outputs, soaked: Outputs, rules: ReferenceRules): Deviations {
  const names = new Set([...Object.keys(reference), ...Object.keys(soaked)]);
  const parts = [...names].map((output) => {
    const sides = [reference[output] ?? [], soaked[output] ?? []] as const;
    return output === OUTPUTS.result ? compareResults(...sides, rules) : compareRecords(...sides, output);
  });
  const sum = (count: 'compared' | 'lost' | 'duplicated' | 'different' | 'disordered'): number =>
    parts.reduce((total, part) => total + part[count], 0);
  return {
    compared: sum('compared'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    different: sum('different'),
    disordered: sum('disordered'),
    examples: parts.flatMap(({ examples }) => examples),
  };
}

function compareResults(
  reference: readonly OutputRecord[],
  soaked: readonly OutputRecord[],
  rules: ReferenceRules,
): Deviations {
  const counted = (records: readonly OutputRecord[]): readonly OutputRecord[] => {
    const certain = records.filter(({ fields }) => fields === null || !rules.mayBeMissing(fields));
    return rules.lastOfEach ? lastOfEach(certain, rules.identity) : certain;
  };
  const sides = [counted(reference), counted(soaked)] as const;
  const compared = compareRecords(...sides, OUTPUTS.result);
  // Records that are not the same cannot be in the same order.
  if (!rules.inOrder || compared.lost + compared.different > 0) return compared;
  const keys = disorderedKeys(...sides, rules.guarantee);
  const examples = keys.slice(0, EXAMPLES_KEPT).map((key) => `${OUTPUTS.result}, not in order: ${key}`);
  return { ...compared, disordered: keys.length, examples: [...compared.examples, ...examples] };
}

function compareRecords(
  reference: readonly OutputRecord[],
  soaked: readonly OutputRecord[],
  output: string,
): Deviations {
  const [expected, seen] = [countTexts(reference), countTexts(soaked)];
  const counts = { lost: 0, duplicated: 0, different: 0 };
  const examples = { lost: [] as string[], duplicated: [] as string[], different: [] as string[] };
  const note = (kind: keyof typeof counts, text: string, times: number): void => {
    counts[kind] += times;
    if (examples[kind].length < EXAMPLES_KEPT) examples[kind].push(`${output}, ${kind}: ${text}`);
  };
  for (const [text, times] of expected) {
    const seenTimes = seen.get(text) ?? 0;
    if (seenTimes < times) note('lost', text, times - seenTimes);
    if (seenTimes > times) note('duplicated', text, seenTimes - times);
  }
  for (const [text, times] of seen) if (!expected.has(text)) note('different', text, times);
  return {
    compared: reference.length,
    ...counts,
    disordered: 0,
    examples: Object.values(examples).flat(),
  };
}

function countTexts(records: readonly OutputRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const record of records) {
    const text = recordText(record);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Keys whose records come for the first time in another order than in the reference, or end with another one. */
function disorderedKeys(
  reference: readonly OutputRecord[],
  soaked: readonly OutputRecord[],
  guarantee: Guarantee,
): string[] {
  const [expected, seen] = [textsByKey(reference), textsByKey(soaked)];
  return [...expected].flatMap(([key, texts]) => {
    const all = seen.get(key) ?? [];
    const firsts = guarantee === 'at-least-once' ? [...new Set(all)] : all;
    const isSame = texts.every((text, index) => text === firsts[index]) && texts.at(-1) === all.at(-1);
    return isSame ? [] : [key];
  });
}

function textsByKey(records: readonly OutputRecord[]): ReadonlyMap<string, string[]> {
  const byKey = new Map<string, string[]>();
  for (const record of records) {
    const key = JSON.stringify(record.key);
    const texts = byKey.get(key) ?? [];
    texts.push(recordText(record));
    byKey.set(key, texts);
  }
  return byKey;
}
