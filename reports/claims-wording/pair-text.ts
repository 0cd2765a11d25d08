import { PAIRS, type PairName } from '../claims/index.ts';

/** The pair's name with its engines: `embedded: event, micro-batch`. */
export const pairText = (pair: PairName): string => `${pair}: ${Object.values(PAIRS[pair]).join(', ')}`;
