import { count, type Dataflow, dataflow, max, OUTPUTS, sum } from '../../authoring.ts';

/** One view: which page, how long it took to load, how many bytes were sent. */
export const VIEW = { page: 'utf8', loadMs: 'int64', bytes: 'int64' } as const;

export const AGGREGATES = { views: count(), bytes: sum('bytes'), slowestMs: max('loadMs') };

/** Each page's number of views, bytes sent and slowest load, put out when they change. */
export function pageViews(): Dataflow {
  return dataflow('page-views')
    .source({ input: 'input', schema: VIEW, deadLetterOutput: OUTPUTS.deadLetter })
    .keyBy('page')
    .aggregate(AGGREGATES, { emit: 'changes' })
    .sink(OUTPUTS.result);
}
