import type { FieldScanner, StringDictionary } from '../../pipeline/decode/index.ts';
import { compares, type FieldCondition } from '../../pipeline/index.ts';

type Comparison = Extract<FieldCondition, { readonly kind: 'comparison' }>;
type Operator = Comparison['operator'];

type Test =
  | {
      readonly kind: 'number';
      readonly column: number;
      readonly operator: Operator;
      readonly value: string | number;
    }
  | { readonly kind: 'text'; readonly column: number; readonly verdicts: TextVerdicts }
  | { readonly kind: 'and' | 'or'; readonly tests: readonly Test[] };

/** A condition on the fields of a scanned record: numbers as they stand in the scanner, texts by their id, once each distinct one. */
export class RecordCondition {
  /** Text columns that have to be looked up before `meets`. */
  readonly textColumns: readonly number[];
  readonly #test: Test;

  /**
   * @param columns names of the columns, at their index in the scanner
   * @param isText of each column
   */
  constructor(condition: FieldCondition, columns: readonly string[], isText: readonly boolean[]) {
    const texts = new Set<number>();
    const compile = (part: FieldCondition): Test => {
      if (part.kind !== 'comparison') return { kind: part.kind, tests: part.conditions.map(compile) };
      const column = columns.indexOf(part.field);
      const { operator, value } = part;
      if (isText[column] !== true) return { kind: 'number', column, operator, value };
      texts.add(column);
      return { kind: 'text', column, verdicts: new TextVerdicts(part) };
    };
    this.#test = compile(condition);
    this.textColumns = [...texts];
  }

  /** @param ids of the texts of this record, by column */
  meets(
    { numbers }: FieldScanner,
    ids: Int32Array,
    dictionaries: readonly (StringDictionary | undefined)[],
  ): boolean {
    return holds(this.#test, numbers, ids, dictionaries);
  }
}

function holds(
  test: Test,
  numbers: Float64Array,
  ids: Int32Array,
  dictionaries: readonly (StringDictionary | undefined)[],
): boolean {
  switch (test.kind) {
    case 'number':
      return compares(numbers[test.column] as number, test.operator, test.value);
    case 'text':
      return test.verdicts.of(ids[test.column] as number, dictionaries[test.column] as StringDictionary);
    case 'and':
      for (const each of test.tests) if (!holds(each, numbers, ids, dictionaries)) return false;
      return true;
    case 'or':
      for (const each of test.tests) if (holds(each, numbers, ids, dictionaries)) return true;
      return false;
  }
}

const UNKNOWN = -1;

/** What a comparison says of each text of a dictionary. */
class TextVerdicts {
  readonly #comparison: Comparison;
  #dictionary: StringDictionary | undefined;
  #verdicts = new Int8Array(0);

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
  }

  of(id: number, dictionary: StringDictionary): boolean {
    if (dictionary !== this.#dictionary || id >= this.#verdicts.length) this.#grow(dictionary);
    let verdict = this.#verdicts[id] as number;
    if (verdict === UNKNOWN) {
      const { operator, value } = this.#comparison;
      verdict = compares(dictionary.text(id), operator, value) ? 1 : 0;
      this.#verdicts[id] = verdict;
    }
    return verdict === 1;
  }

  #grow(dictionary: StringDictionary): void {
    const grown = new Int8Array(2 * dictionary.size).fill(UNKNOWN);
    if (dictionary === this.#dictionary) grown.set(this.#verdicts);
    this.#dictionary = dictionary;
    this.#verdicts = grown;
  }
}
