import { schemaText } from '../model/index.ts';
import { claimsErrors } from './errors.ts';
import { type Ledger, ledgerSchema } from './ledger.ts';

/**
 * Reads a ledger of claims from its JSON.
 *
 * @param path for messages
 * @throws CLAIMS_LEDGER_INVALID
 */
export function parseLedger(text: string, path: string): Ledger {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw claimsErrors.error('CLAIMS_LEDGER_INVALID', { path, reason: 'it is not JSON' }, cause);
  }
  const parsed = ledgerSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const reason = issue === undefined ? 'its form is wrong' : `${issue.path.join('.')}: ${issue.message}`;
  throw claimsErrors.error('CLAIMS_LEDGER_INVALID', { path, reason }, parsed.error);
}

/** docs/claims.schema.json: JSON Schema of a ledger. */
export function ledgerJsonSchema(): string {
  return schemaText(ledgerSchema);
}
