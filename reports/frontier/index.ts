export { FRONTIER_METRICS, type FrontierMetric } from './dominance.ts';
export { type Frontier, type FrontierPoint, frontiersOf } from './frontier.ts';
export { frontierSheet, standingText, titleOf } from './frontier-sheet.ts';
export { frontiersWithSheets, trailSheets } from './of-result.ts';
export { type Trail, trailsOf } from './trail.ts';
export { trailSheet } from './trail-sheet.ts';
