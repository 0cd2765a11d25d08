import type { ValueCodec } from '../state/index.ts';

/** A group's accumulators. */
export type GroupState = readonly number[];

/**
 * Accumulators as a JSON array, and the numbers that JSON has none for as texts in it. Put together by hand, which
 * takes a fifth of the time of JSON.stringify; JSON.parse is the fastest way back.
 */
export const groupStateCodec: ValueCodec<GroupState> = {
  encode(values) {
    let text = '[';
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as number;
      if (index > 0) text += ',';
      text += Number.isFinite(value) ? value : `"${value}"`;
    }
    return `${text}]`;
  },
  decode(text) {
    const values = JSON.parse(text) as (number | string)[];
    return text.includes('"') ? values.map(Number) : (values as number[]);
  },
};
