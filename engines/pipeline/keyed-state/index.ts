export type { CurrentKey } from './declared-state.ts';
export { DeclaredStates } from './declared-states.ts';
export { PAGE_CODECS, type PageCodec } from './page-codec.ts';
export type * from './state-tables.ts';
