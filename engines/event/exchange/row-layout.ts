import type { Schema } from '../../pipeline/index.ts';

/** The fields of a row that cross a channel, in order. Both ends of a channel have the same. */
export interface RowLayout {
  readonly fields: readonly RowField[];
  /** Whether the bytes of the input record travel along, for a late side output. */
  readonly withRaw: boolean;
}

/** What crosses the channels for one input of the operator. */
export interface ChannelInput {
  /** Undefined: every slot gets every row, whatever its key. */
  readonly keyField: string | undefined;
  readonly layout: RowLayout;
}

interface RowField {
  readonly name: string;
  readonly text: boolean;
}

/** Layout of the `wanted` fields of a schema. */
export function rowLayout(schema: Schema, wanted: ReadonlySet<string>, withRaw: boolean): RowLayout {
  const fields = Object.entries(schema)
    .filter(([name]) => wanted.has(name))
    .map(([name, type]) => ({ name, text: type === 'utf8' }));
  return { fields, withRaw };
}

/** The bytes of an input record's value: `buffer` from `start` to `end`. Valid during the call that it is given to. */
export interface RawRecord {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}
