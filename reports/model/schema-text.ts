import { z } from 'zod';

/** JSON Schema of what a schema reads, formatted as the repository's formatter leaves it, with a line break at its end. */
export function schemaText(schema: z.ZodType): string {
  return `${format(z.toJSONSchema(schema, { io: 'input' }), '')}\n`;
}

/** The formatter's width of a line. */
const WIDTH = 110;

/** Objects a line a member; lists of plain values on one line where they fit behind what stands `before` them. */
function format(value: unknown, indent: string, before = indent.length): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => format(item, inner));
    const line = `[${items.join(', ')}]`;
    const isPlain = value.every((item) => typeof item !== 'object' || item === null);
    if (isPlain && before + line.length <= WIDTH) return line;
    return `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => {
      const key = `${inner}${JSON.stringify(name)}: `;
      return key + format(member, inner, key.length);
    });
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
}
