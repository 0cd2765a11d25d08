import { expect, test } from 'vitest';
import type { DataflowNode, Schema } from '../../pipeline/index.ts';
import { planJob } from './job-plan.ts';
import { doubled, sales, spend } from './testing/dataflows.ts';

test('an aggregate: only the key and what it reads are decoded and cross the exchange', () => {
  const plan = planJob(spend());
  expect(plan.sources.map(({ wanted }) => wanted)).toEqual([['shop', 'amount']]);
  expect(plan.inputs).toEqual([
    {
      keyField: 'shop',
      layout: {
        fields: [
          { name: 'shop', text: true },
          { name: 'amount', text: false },
        ],
        withRaw: false,
      },
    },
  ]);
  expect(plan.keyed).toBe(true);
  expect(plan.outputs).toEqual(['output', 'dead-letter']);
  expect(plan.lateOutput).toBeUndefined();
});

test('functions are given whole rows; the original bytes travel where late records are kept', () => {
  const plan = planJob(sales());
  expect(plan.sources[0]?.wanted).toEqual(['region', 'amount', 'timeMs']);
  expect(plan.inputs[0]?.layout.fields.map(({ name }) => name)).toEqual(['region', 'amount']);
  expect(plan.inputs[0]?.layout.withRaw).toBe(true);
  expect(plan.outputs[plan.lateOutput as number]).toBe('late');
  expect(plan.sources[0]?.watermark?.delayMs).toBe(100);
});

test('without keyBy there is no key, and the result has the last schema', () => {
  const plan = planJob(doubled());
  expect(plan.keyed).toBe(false);
  expect(plan.resultSchema).toEqual({ seq: 'int64', amount: 'int64' });
});

const ORDER: Schema = { customer: 'utf8', amount: 'int64', timeMs: 'int64' };
const source = (input: string, deadLetterOutput = 'dead'): DataflowNode => ({
  kind: 'source',
  input,
  schema: ORDER,
  deadLetterOutput,
});
const watermark: DataflowNode = {
  kind: 'watermark',
  field: 'timeMs',
  delayMs: 0,
  idleTimeoutMs: 1000,
  alignmentMaxDriftMs: 1000,
};
const keyBy: DataflowNode = { kind: 'keyBy', field: 'customer' };
const keep: DataflowNode = { kind: 'filter', predicate: () => true };

test('what follows a union follows each of its inputs, unions within unions too', () => {
  const plan = planJob({
    name: 'union',
    nodes: [
      {
        kind: 'union',
        inputs: [
          [{ kind: 'union', inputs: [[source('a'), watermark], [source('b', 'dead-b')]] }, keep],
          [source('c')],
        ],
      },
      keyBy,
      { kind: 'aggregate', emit: 'changes', aggregates: { amount: { function: 'sum', field: 'amount' } } },
      { kind: 'sink', output: 'out' },
    ],
  });
  expect(
    plan.sources.map((each) => [
      each.source.input,
      each.steps.map(({ kind }) => kind),
      each.input,
      plan.outputs[each.deadLetterOutput],
    ]),
  ).toEqual([
    ['a', ['watermark', 'filter'], 0, 'dead'],
    ['b', ['filter'], 0, 'dead-b'],
    ['c', [], 0, 'dead'],
  ]);
  expect(plan.inputs.map(({ keyField, layout }) => [keyField, layout.fields.length])).toEqual([
    ['customer', 2],
  ]);
  expect(plan.outputs).toEqual(['out', 'dead', 'dead-b']);
});

test('each input of two has its key and its layout; a broadcast one has no key', () => {
  const plan = planJob({
    name: 'rules',
    nodes: [
      {
        kind: 'connect',
        inputs: [[source('a'), keyBy], [source('b')]],
        process: { kind: 'broadcast', processKeyed: () => {}, processBroadcast: () => {} },
        outputSchema: ORDER,
      },
      { kind: 'sink', output: 'out' },
    ],
  });
  expect(plan.sources.map(({ input }) => input)).toEqual([0, 1]);
  expect(plan.inputs.map(({ keyField, layout }) => [keyField, layout.fields.length])).toEqual([
    ['customer', 3],
    [undefined, 3],
  ]);
  expect(plan.keyed).toBe(true);
});
