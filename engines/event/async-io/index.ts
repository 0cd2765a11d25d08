export { AsyncOperator } from './async-operator.ts';
export { type PendingState, pendingStateSchema } from './pending-state.ts';
