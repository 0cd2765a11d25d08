export { reportedResults } from './reported-results.ts';
export {
  judgeDrain,
  judgeValidity,
  validityRemark,
} from './validity.ts';
export { verify } from './verification.ts';
