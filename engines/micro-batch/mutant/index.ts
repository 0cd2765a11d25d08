export { mutateOperator } from './mutate-operator.ts';
export { mutateSink } from './mutate-sink.ts';
export { mutateSource } from './mutate-source.ts';
