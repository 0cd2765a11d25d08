import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENGINE_NAMES } from '../../engines/pipeline/index.ts';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import { renderCompared } from './render-text.ts';
import { differ } from './session.ts';
import { cellsOn } from './testing/index.ts';

let broker: OpenBroker;
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
});
afterAll(() => broker?.stop());

test('the real Flink and the real Spark close the same windows as the engines that model them, and leave out the same late records', async () => {
  const group = await cellsOn('regional-revenue', ENGINE_NAMES, 20_000);
  const signal = new AbortController().signal;
  const result = await differ({ groups: [group], limit: 5, broker, signal, progress: () => undefined });
  expect(result.isSame, result.compared.map(renderCompared).join('')).toBe(true);
  const pairs = result.compared.flatMap((compared) => compared.pairs);
  expect(pairs.map(({ other }) => other)).toEqual(['flink', 'micro-batch', 'spark']);
  for (const { output, same } of pairs.flatMap(({ outputs }) => outputs)) {
    expect(same, output).toBeGreaterThan(100);
  }
});
