export { type Fault, verifiedBacklog } from './verified-backlog.ts';
