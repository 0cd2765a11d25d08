import { schemaText } from '../model/index.ts';
import { regressionReportSchema } from '../regression/index.ts';

/** docs/comparison.schema.json: JSON Schema of what `renderRegressionJson` writes. */
export function comparisonJsonSchema(): string {
  return schemaText(regressionReportSchema);
}
