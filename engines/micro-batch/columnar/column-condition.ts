import { compares, type FieldCondition } from '../../pipeline/index.ts';
import type { ColumnBatch } from './column-batch.ts';

type Comparison = Extract<FieldCondition, { readonly kind: 'comparison' }>;

/** Indices of the rows that meet a condition, ascending. A comparison of texts is made once a distinct text, not once a row. */
export function rowsMeeting(batch: ColumnBatch, condition: FieldCondition): Int32Array {
  const verdicts = verdictsOf(batch, condition);
  const indices = new Int32Array(batch.rowCount);
  let count = 0;
  for (let index = 0; index < batch.rowCount; index++) {
    if (verdicts[index] === 1) indices[count++] = index;
  }
  return indices.subarray(0, count);
}

/** 1 or 0, a row. */
function verdictsOf(batch: ColumnBatch, condition: FieldCondition): Uint8Array {
  if (condition.kind === 'comparison') return comparisonVerdicts(batch, condition);
  const isAnd = condition.kind === 'and';
  const verdicts = new Uint8Array(batch.rowCount).fill(isAnd ? 1 : 0);
  for (const each of condition.conditions) {
    const others = verdictsOf(batch, each);
    for (let index = 0; index < verdicts.length; index++) {
      const verdict = verdicts[index] as number;
      const other = others[index] as number;
      verdicts[index] = isAnd ? verdict & other : verdict | other;
    }
  }
  return verdicts;
}

function comparisonVerdicts(batch: ColumnBatch, { field, operator, value }: Comparison): Uint8Array {
  const column = batch.column(field);
  const verdicts = new Uint8Array(batch.rowCount);
  if (column.kind === 'number') {
    const { values } = column;
    for (let index = 0; index < verdicts.length; index++) {
      verdicts[index] = compares(values[index] as number, operator, value) ? 1 : 0;
    }
    return verdicts;
  }
  const { ids, texts } = column;
  const ofText = new Int8Array(texts.size).fill(-1);
  for (let index = 0; index < verdicts.length; index++) {
    const id = ids[index] as number;
    if (ofText[id] === -1) ofText[id] = compares(texts.text(id), operator, value) ? 1 : 0;
    verdicts[index] = ofText[id] as number;
  }
  return verdicts;
}
