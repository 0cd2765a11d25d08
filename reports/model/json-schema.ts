import { INSIDE_FIGURES } from './inside-figures.ts';
import { METRICS } from './metrics.ts';
import { resultSchema } from './result.ts';
import { schemaText } from './schema-text.ts';

/** docs/result.schema.json: JSON Schema of a result file, formatted as the repository's formatter leaves it. */
export function resultJsonSchema(): string {
  return schemaText(resultSchema);
}

/** docs/metrics.md: the registry of metrics as a page. */
export function metricsPage(): string {
  const entries = METRICS.map((metric) => {
    const effect =
      metric.minimumEffect === null ? 'none: not compared' : `${Math.round(metric.minimumEffect * 100)} %`;
    return `## ${metric.title}\n\n${metric.definition}\n\nId \`${metric.id}\`, unit ${metric.unit}, ${metric.direction}, minimum effect ${effect}.\n`;
  });
  const inside = INSIDE_FIGURES.map(({ title, definition }) => `### ${title}\n\n${definition}\n`);
  return `# Metrics\n\nGenerated from reports/model/metrics.ts and inside-figures.ts; after a change run \`npx vitest run --project unit reports/model -u\`.\n\n${entries.join('\n')}\n## What engines tell of themselves\n\nIn a run's \`introspection\`, in the tables under a comparison, and every 5 s on stderr with \`crosscurrent run --verbose\`.\n\n${inside.join('\n')}`;
}
