import type { FieldType, Row, Schema } from '../../pipeline/index.ts';

/** Makes the JSON text of a result row: the schema's fields in order. */
export function compileResultText(schema: Schema): (row: Row) => string {
  const fields = Object.entries(schema).map(([name, type], index) => ({
    name,
    prefix: `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`,
    isText: isText(type),
  }));
  if (fields.length === 0) {
    return () => '{}';
  }
  return (row) => {
    let text = '';
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index] as (typeof fields)[number];
      const value = row[field.name] as string | number;
      text += field.prefix + (field.isText ? quoted(value as string) : numeral(value as number));
    }
    return `${text}}`;
  };
}

function isText(type: FieldType): boolean {
  return type === 'utf8';
}

/** JSON has no word for what is not finite. */
function numeral(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null';
}

const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Most texts need no escape, and JSON.stringify costs a call into native code. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
