export { reportedResults } from './reported-results.ts';
export {
  judgeDrain,
  judgeValidity,
  VALIDITY_LIMITS,
  type ValidityInput,
  validityRemark,
} from './validity.ts';
export { verify } from './verification.ts';
