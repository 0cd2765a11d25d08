import { schemaText } from '../../model/index.ts';
import { comparisonConfigSchema } from './comparison-config.ts';

/** docs/comparison-config.schema.json: JSON Schema of a comparison's configuration file, for editors. */
export function comparisonConfigJsonSchema(): string {
  return schemaText(comparisonConfigSchema);
}
