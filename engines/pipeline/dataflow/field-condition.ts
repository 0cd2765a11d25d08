import type { Row } from './nodes.ts';

/** A filter as data, which an engine can put before it makes rows. */
export type FieldCondition =
  | {
      readonly kind: 'comparison';
      readonly field: string;
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=';
      readonly value: string | number;
    }
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly FieldCondition[] };

/** Whether a row meets the condition. */
export function meets(row: Row, condition: FieldCondition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((each) => meets(row, each));
    case 'or':
      return condition.conditions.some((each) => meets(row, each));
    case 'comparison':
      return compares(row[condition.field] as string | number, condition.operator, condition.value);
  }
}

/** Whether two values of one type stand so to each other; texts by their UTF-16 units. */
export function compares(
  left: string | number,
  operator: Extract<FieldCondition, { readonly kind: 'comparison' }>['operator'],
  right: string | number,
): boolean {
  switch (operator) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** The fields that a condition names. */
export function fieldsOfCondition(condition: FieldCondition): readonly string[] {
  return condition.kind === 'comparison'
    ? [condition.field]
    : condition.conditions.flatMap(fieldsOfCondition);
}
