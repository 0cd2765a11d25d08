export { mutateDataflow } from './mutate-dataflow.ts';
export { ResultSpoiler } from './result-spoiler.ts';
