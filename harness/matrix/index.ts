export { matrixExample } from './example.ts';
export { matrixJsonSchema } from './matrix-file.ts';
export { type MatrixPlan, planMatrix } from './matrix-plan.ts';
export { continueMatrix, type MatrixStanding, requireSameGround, standingOf } from './matrix-session.ts';
export { matrixOf, readMatrix } from './read-matrix.ts';
