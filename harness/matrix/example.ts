import { readFileSync } from 'node:fs';

/** A matrix file with every field explained. */
export const matrixExample = (): string => readFileSync(new URL('./example.yaml', import.meta.url), 'utf8');
