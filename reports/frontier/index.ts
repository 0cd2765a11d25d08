export type { FrontierMetric } from './dominance.ts';
export { type Frontier, type FrontierPoint, frontiersOf } from './frontier.ts';
export { frontierSheet, titleOf } from './frontier-sheet.ts';
export { frontiersWithSheets, trailSheets } from './of-result.ts';
