import type { FieldCondition } from './field-condition.ts';
import type { Schema } from './nodes.ts';

/** Why a condition is wrong for the rows that reach it; undefined if it is right. */
export function checkCondition(condition: FieldCondition, before: Schema): string | undefined {
  if (condition.kind !== 'comparison') {
    return condition.conditions
      .map((each) => checkCondition(each, before))
      .find((reason) => reason !== undefined);
  }
  const { field, value } = condition;
  const type = before[field];
  if (type === undefined) return `there is no field "${field}" among (${Object.keys(before).join(', ')})`;
  const wanted = type === 'utf8' ? 'string' : 'number';
  return typeof value === wanted
    ? undefined
    : `field "${field}" is ${type}, and ${JSON.stringify(value)} is not`;
}
