import { expect, test } from 'vitest';
import type { DataflowNode } from '../../pipeline/index.ts';
import { operatorNames } from './operator-names.ts';

const dataflow = (...kinds: DataflowNode['kind'][]) => ({
  name: 'any',
  nodes: kinds.map((kind) => ({ kind }) as DataflowNode),
});

test.each([
  [dataflow('source', 'sink'), { steps: null, operator: null }],
  [
    dataflow('source', 'filter', 'watermark', 'keyBy', 'window', 'aggregate', 'sink'),
    { steps: 'filter, watermark', operator: 'window, aggregate' },
  ],
  [dataflow('union', 'map', 'keyBy', 'keyedProcess', 'sink'), { steps: 'map', operator: 'keyedProcess' }],
  [dataflow('connect', 'sink'), { steps: null, operator: 'connect' }],
])('operators are called by their nodes', (nodes, names) => {
  expect(operatorNames(nodes)).toEqual(names);
});
