import { type OutputRecord, recordText } from './output-record.ts';

/** How two engines' records of one output are held against each other. */
export interface OutputRules {
  /** Fields that tell one record from every other: those that both engines put out with the same ones are a pair. Empty where there are none. */
  readonly identity: readonly string[];
  /** Of a key's records only the last counts, of each identity where there is one: an engine may merge the values before it. */
  readonly lastOfEach: boolean;
  /** Whether a record may be missing on one side. */
  readonly mayBeMissing: (fields: Readonly<Record<string, unknown>>) => boolean;
  /** So many differences are kept in full. */
  readonly limit: number;
}

/** One difference, with the records that it is about. */
export type Difference =
  | {
      readonly kind: 'different';
      readonly base: OutputRecord;
      readonly other: OutputRecord;
      /** Names of the fields that differ, `key` for the record's key. */
      readonly fields: readonly string[];
    }
  | { readonly kind: 'only-base' | 'only-other'; readonly record: OutputRecord }
  /** Both have the record, but not equally often. */
  | {
      readonly kind: 'repeated';
      readonly record: OutputRecord;
      readonly baseTimes: number;
      readonly otherTimes: number;
    };

export interface OutputComparison {
  /** Records that were compared. */
  readonly base: number;
  readonly other: number;
  /** Pairs that are the same. */
  readonly same: number;
  readonly different: number;
  readonly onlyBase: number;
  readonly onlyOther: number;
  readonly repeated: number;
  /** Records of one side alone that may be missing on the other: no difference. */
  readonly leftOpen: number;
  /** The first ones, those about the same record beneath each other. */
  readonly differences: readonly Difference[];
}

/** Compares two engines' records of one output as multisets: their order plays no part, how often each came does. */
export function compareOutputs(
  base: readonly OutputRecord[],
  other: readonly OutputRecord[],
  rules: OutputRules,
): OutputComparison {
  const pick = (records: readonly OutputRecord[]): readonly OutputRecord[] =>
    rules.lastOfEach ? lastOfEach(records, rules.identity) : records;
  const [bases, others] = [countByText(pick(base)), countByText(pick(other))];
  const total = (counts: Counts): number => [...counts.values()].reduce((sum, { times }) => sum + times, 0);
  const { same, repeated, onlyBase, onlyOther } = matchEqual(bases, others);
  const pairs = pairByIdentity(onlyBase, onlyOther, rules.identity);
  const isDifference = ({ fields }: OutputRecord): boolean => fields === null || !rules.mayBeMissing(fields);
  const [aloneInBase, aloneInOther] = [
    pairs.onlyBase.filter(isDifference),
    pairs.onlyOther.filter(isDifference),
  ];
  const differences: Difference[] = [
    ...pairs.different,
    ...aloneInBase.map((record) => ({ kind: 'only-base', record }) as const),
    ...aloneInOther.map((record) => ({ kind: 'only-other', record }) as const),
    ...repeated,
  ];
  return {
    base: total(bases),
    other: total(others),
    same,
    different: pairs.different.length,
    onlyBase: aloneInBase.length,
    onlyOther: aloneInOther.length,
    repeated: repeated.length,
    leftOpen: pairs.onlyBase.length + pairs.onlyOther.length - aloneInBase.length - aloneInOther.length,
    differences: inOrder(differences, rules.identity).slice(0, rules.limit),
  };
}

/** How many differences were found, those that were not kept included. */
export function differenceCount({
  different,
  onlyBase,
  onlyOther,
  repeated,
}: Pick<OutputComparison, 'different' | 'onlyBase' | 'onlyOther' | 'repeated'>): number {
  return different + onlyBase + onlyOther + repeated;
}

type Counts = ReadonlyMap<string, { readonly record: OutputRecord; readonly times: number }>;

function countByText(records: readonly OutputRecord[]): Counts {
  const counts = new Map<string, { record: OutputRecord; times: number }>();
  for (const record of records) {
    const text = recordText(record);
    const known = counts.get(text);
    if (known) known.times += 1;
    else counts.set(text, { record, times: 1 });
  }
  return counts;
}

/** The last record of each identity, or of each key where records have none. Records of a key come in their order. */
export function lastOfEach(
  records: readonly OutputRecord[],
  identity: readonly string[],
): readonly OutputRecord[] {
  const last = new Map<string, OutputRecord>();
  for (const record of records) last.set(identityOf(record, identity) ?? JSON.stringify(record.key), record);
  return [...last.values()];
}

interface EqualMatches {
  readonly same: number;
  readonly repeated: readonly Difference[];
  /** Each as often as it came. */
  readonly onlyBase: readonly OutputRecord[];
  readonly onlyOther: readonly OutputRecord[];
}

function matchEqual(bases: Counts, others: Counts): EqualMatches {
  let same = 0;
  const repeated: Difference[] = [];
  const onlyBase: OutputRecord[] = [];
  for (const [text, { record, times: baseTimes }] of bases) {
    const otherTimes = others.get(text)?.times ?? 0;
    same += Math.min(baseTimes, otherTimes);
    if (otherTimes === 0) onlyBase.push(...copies(record, baseTimes));
    else if (otherTimes !== baseTimes) repeated.push({ kind: 'repeated', record, baseTimes, otherTimes });
  }
  const onlyOther = [...others].flatMap(([text, { record, times }]) =>
    bases.has(text) ? [] : copies(record, times),
  );
  return { same, repeated, onlyBase, onlyOther };
}

const copies = (record: OutputRecord, times: number): OutputRecord[] =>
  Array.from({ length: times }, () => record);

interface Pairs {
  readonly different: readonly (Difference & { readonly kind: 'different' })[];
  readonly onlyBase: readonly OutputRecord[];
  readonly onlyOther: readonly OutputRecord[];
}

function pairByIdentity(
  base: readonly OutputRecord[],
  other: readonly OutputRecord[],
  identity: readonly string[],
): Pairs {
  const waiting = new Map<string, OutputRecord[]>();
  const onlyOther: OutputRecord[] = [];
  for (const record of other) {
    const name = identityOf(record, identity);
    if (name === undefined) onlyOther.push(record);
    else waiting.set(name, [...(waiting.get(name) ?? []), record]);
  }
  const different: (Difference & { kind: 'different' })[] = [];
  const onlyBase: OutputRecord[] = [];
  for (const record of base) {
    const match = waiting.get(identityOf(record, identity) ?? '')?.shift();
    if (match === undefined) onlyBase.push(record);
    else {
      const fields = differingFields(record, match);
      different.push({ kind: 'different', base: record, other: match, fields });
    }
  }
  return { different, onlyBase, onlyOther: [...onlyOther, ...[...waiting.values()].flat()] };
}

/** Undefined where the record lacks one of the fields, or none are named. */
function identityOf({ fields }: OutputRecord, identity: readonly string[]): string | undefined {
  if (fields === null || identity.length === 0) return undefined;
  const parts = identity.map((name) => fields[name]);
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

function differingFields(base: OutputRecord, other: OutputRecord): string[] {
  const names = new Set([...Object.keys(base.fields ?? {}), ...Object.keys(other.fields ?? {})]);
  const differing = [...names].filter(
    (name) => JSON.stringify(base.fields?.[name]) !== JSON.stringify(other.fields?.[name]),
  );
  return base.key === other.key ? differing : ['key', ...differing];
}

const ORDER = new Intl.Collator('en', { numeric: true });

/** By identity, so that what may be one record under two identities stands together; then by what the records hold. */
function inOrder(differences: readonly Difference[], identity: readonly string[]): Difference[] {
  const withPlace = differences.map((difference) => {
    const record = difference.kind === 'different' ? difference.base : difference.record;
    return { difference, place: `${identityOf(record, identity) ?? ''}${recordText(record)}` };
  });
  return withPlace.sort((a, b) => ORDER.compare(a.place, b.place)).map(({ difference }) => difference);
}
