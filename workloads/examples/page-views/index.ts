import { type OwnWorkload, runningAggregatesOracle } from '../../authoring.ts';
import { AGGREGATES, VIEW } from './dataflow.ts';
import { generateViews } from './generator.ts';

export const workload: OwnWorkload = {
  title: 'Views of each page',
  defaults: { keys: 200, skew: 1.1 },
  generate: generateViews,
  dataflow: { module: new URL('./dataflow.ts', import.meta.url).href, export: 'pageViews' },
  oracle: (log) => runningAggregatesOracle(log, { input: VIEW, key: 'page', aggregates: AGGREGATES }),
  resultIdentity: ['page'],
};
