export { type BroadcastEntries, BroadcastTable, broadcastStateSchema } from './broadcast-table.ts';
export { createConnectOperator } from './connect-operator.ts';
