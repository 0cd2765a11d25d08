export type { CurrentKey } from './declared-state.ts';
export { DeclaredStates } from './declared-states.ts';
export { STATE_VALUE_CODEC } from './stored-value.ts';
