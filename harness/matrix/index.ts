export { checkSameGround, claimFolder, earlierResult } from './continuation.ts';
export { matrixExample } from './example.ts';
export { matrixJsonSchema } from './matrix-file.ts';
export { type MatrixPlan, planMatrix } from './matrix-plan.ts';
export { readMatrix } from './read-matrix.ts';
