export { batchLine } from './batch-line.ts';
export { BatchLog } from './batch-log.ts';
export { describeIntrospection } from './describe-introspection.ts';
export { IntrospectionLog, type Look } from './introspection-log.ts';
export { operatorLines } from './operator-lines.ts';
