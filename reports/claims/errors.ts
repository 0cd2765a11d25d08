import { defineErrors } from '../../errors/index.ts';

/** What can be wrong with a ledger of claims that is read. */
export const claimsErrors = defineErrors({
  CLAIMS_LEDGER_INVALID: {
    message: 'The file {path} is no ledger of claims: {reason}.',
    hint: 'Give the claims.json that `npx crosscurrent claims` writes; docs/claims.schema.json describes its form.',
    exit: 'usage',
  },
});
