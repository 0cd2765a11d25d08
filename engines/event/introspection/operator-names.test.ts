import { expect, test } from 'vitest';
import type { DataflowNode } from '../../pipeline/index.ts';
import { operatorNames } from './operator-names.ts';

type Kinds = readonly DataflowNode['kind'][];

const nodes = (kinds: Kinds) => kinds.map((kind) => ({ kind }) as DataflowNode);

const names = (all: Kinds, ...sources: Kinds[]) =>
  operatorNames({
    dataflow: { name: 'any', nodes: nodes(all) },
    sources: sources.map((steps) => ({ steps: nodes(steps) })),
  });

test('operators are called by their nodes', () => {
  expect(names(['source', 'sink'], [])).toEqual({ steps: null, asyncSteps: null, operator: null });
  expect(
    names(['source', 'filter', 'keyBy', 'window', 'aggregate', 'sink'], ['filter', 'watermark']),
  ).toEqual({ steps: 'filter, watermark', asyncSteps: null, operator: 'window, aggregate' });
});

test('an asyncMap and what is behind it is one operator', () => {
  expect(names(['source', 'sink'], ['map', 'asyncMap', 'filter', 'asyncMap'])).toEqual({
    steps: 'map',
    asyncSteps: 'asyncMap, filter',
    operator: null,
  });
});

test('the row functions of several sources stand together', () => {
  expect(names(['connect', 'sink'], ['map', 'watermark'], ['watermark'])).toEqual({
    steps: 'map, watermark',
    asyncSteps: null,
    operator: 'connect',
  });
});
