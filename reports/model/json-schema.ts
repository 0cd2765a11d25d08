import { z } from 'zod';
import { METRICS } from './metrics.ts';
import { resultSchema } from './result.ts';

/** docs/result.schema.json: JSON Schema of a result file, formatted as the repository's formatter leaves it. */
export function resultJsonSchema(): string {
  return `${format(z.toJSONSchema(resultSchema, { io: 'input' }), '')}\n`;
}

/** docs/metrics.md: the registry of metrics as a page. */
export function metricsPage(): string {
  const entries = METRICS.map((metric) => {
    const effect =
      metric.minimumEffect === null ? 'none: not compared' : `${Math.round(metric.minimumEffect * 100)} %`;
    return `## ${metric.title}\n\n${metric.definition}\n\nId \`${metric.id}\`, unit ${metric.unit}, ${metric.direction}, minimum effect ${effect}.\n`;
  });
  return `# Metrics\n\nGenerated from reports/model/metrics.ts; after a change run \`npx vitest run --project unit -u reports/model\`.\n\n${entries.join('\n')}`;
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
