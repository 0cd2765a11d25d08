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
  return `# Metrics\n\nGenerated from reports/model/metrics.ts; after a change run \`npx vitest run --project unit reports/model -u\`.\n\n${entries.join('\n')}`;
}
