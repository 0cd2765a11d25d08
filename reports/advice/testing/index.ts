export { anyObjective, anyResults, once } from './any-question.ts';
export {
  asked,
  CHEAP,
  EVERY_CAPABILITY,
  evidenceFrom,
  FAST,
  measured,
  objective,
} from './synthetic-question.ts';
