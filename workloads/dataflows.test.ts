import { describe, expect, test } from 'vitest';
import { loadDataflow, resultSchema } from '../engines/pipeline/index.ts';
import { ALL_WORKLOADS, getWorkload } from './all-workloads.ts';
import { ALERT } from './login-tracker/records.ts';
import { SPEND } from './merchant-spend/records.ts';
import { REVENUE } from './regional-revenue/records.ts';
import { OUTPUTS } from './workload.ts';

describe('the dataflow of each workload', () => {
  test.each(ALL_WORKLOADS.map((workload) => [workload.name, workload] as const))(
    'of %s is one that an engine process finds and accepts',
    async (name, { dataflow, dataflowOptions }) => {
      const loaded = await loadDataflow({ ...dataflow, options: dataflowOptions(new Set()) });
      expect(loaded.name).toBe(name);
      expect(loaded.nodes[0]).toMatchObject({ input: 'input', deadLetterOutput: OUTPUTS.deadLetter });
      expect(loaded.nodes.at(-1)).toEqual({ kind: 'sink', output: OUTPUTS.result });
    },
  );

  test('results in the records that the oracle reads', async () => {
    const results = await Promise.all(
      ALL_WORKLOADS.map(async ({ dataflow, dataflowOptions }) =>
        resultSchema(await loadDataflow({ ...dataflow, options: dataflowOptions(new Set()) })),
      ),
    );
    expect(results.map((schema) => Object.entries(schema))).toEqual(
      [SPEND, ALERT, REVENUE].map((schema) => Object.entries(schema)),
    );
  });

  test('puts late records out where the engine can, and has them counted where it cannot', async () => {
    const { dataflow, dataflowOptions } = getWorkload('regional-revenue');
    const lateOf = async (capabilities: ReadonlySet<'late-side-output'>): Promise<unknown> => {
      const { nodes } = await loadDataflow({ ...dataflow, options: dataflowOptions(capabilities) });
      return nodes.find((node) => node.kind === 'window')?.late;
    };
    expect(await lateOf(new Set(['late-side-output']))).toEqual({
      kind: 'side-output',
      output: OUTPUTS.late,
    });
    expect(await lateOf(new Set())).toEqual({ kind: 'count' });
  });
});
