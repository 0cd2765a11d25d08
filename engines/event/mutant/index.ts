export { mutantLatenessMs, mutatePositions } from './mutate-input.ts';
export { mutateOutput, mutateSink } from './mutate-output.ts';
