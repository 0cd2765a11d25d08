export {
  type HarnessParts,
  type OperatorEmission,
  type OperatorStep,
  runOperatorSteps,
  runOperatorStepsRestoring,
} from './operator-harness.ts';
export { MAX_PARALLELISM, type OpenBackend, openHeapBackend, Restorable } from './restorable.ts';
