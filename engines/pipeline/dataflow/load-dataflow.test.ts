import { expect, test } from 'vitest';
import { loadDataflow } from './index.ts';

const HERE = new URL('./testing/loadable.ts', import.meta.url).href;

test('calls the export with the options and validates the dataflow', async () => {
  const dataflow = await loadDataflow({ module: HERE, export: 'spend', options: { output: 'a' } });
  expect(dataflow.nodes[1]).toEqual({ kind: 'sink', output: 'a' });
  await expect(
    loadDataflow({ module: HERE, export: 'spend', options: { output: '' } }),
  ).rejects.toMatchObject({ code: 'PIPELINE_DATAFLOW_INVALID' });
});

test.each([
  [HERE, 'absent', /no function of that name/],
  [HERE, 'nothing', /returns no dataflow/],
  [HERE, 'failing', /no such option/],
  ['file:///nowhere.ts', 'spend', /nowhere/],
])('refuses %s %s', async (module, name, message) => {
  await expect(loadDataflow({ module, export: name, options: null })).rejects.toMatchObject({
    code: 'PIPELINE_DATAFLOW_NOT_FOUND',
    message: expect.stringMatching(message),
  });
});
