import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import type { CellPlan } from '../run/index.ts';
import { type DifferResult, differResultSchema } from './differ-result.ts';
import { renderCompared } from './render-text.ts';
import { differ } from './session.ts';
import { cellsOn } from './testing/index.ts';

let broker: OpenBroker;
beforeAll(async () => {
  broker = await openBroker({ choice: 'embedded' });
});
afterAll(() => broker?.stop());

const EVENTS = 10_000;
const ENGINES = ['event', 'micro-batch'] as const;

async function differing(groups: readonly (readonly CellPlan[])[]): Promise<DifferResult> {
  const signal = new AbortController().signal;
  return differResultSchema.parse(
    await differ({ groups, limit: 6, broker, signal, progress: () => undefined }),
  );
}

test('both engines put out the same windows, the same alerts and the same dead letters', async () => {
  const workloads = ['regional-revenue', 'login-tracker'];
  const result = await differing(
    await Promise.all(workloads.map((workload) => cellsOn(workload, ENGINES, EVENTS))),
  );
  expect(result).toMatchObject({ isSame: true });
  for (const { workload, pairs } of result.compared) {
    for (const { output, same } of pairs[0]?.outputs ?? []) {
      expect(same, `${workload}, ${output}`).toBeGreaterThan(50);
    }
  }
});

test('what a defect changes is shown record by record', async () => {
  const [base, other] = (await cellsOn('regional-revenue', ENGINES, EVENTS)) as [CellPlan, CellPlan];
  const group = [
    base,
    { ...other, mutant: 'wrong-total' } as const,
    { ...other, mutant: 'window-off-by-one' } as const,
  ];
  const { compared, isSame } = await differing([group]);
  expect(isSame).toBe(false);
  const [wrongTotal, offByOne] = compared[0]?.pairs ?? [];
  expect(wrongTotal?.outputs[0]).toMatchObject({ different: 1, onlyBase: 0, onlyOther: 0, repeated: 0 });
  expect(wrongTotal?.outputs[0]?.differences).toMatchObject([{ kind: 'different', fields: ['totalMinor'] }]);
  const kinds = new Set(offByOne?.outputs[0]?.differences.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['only-base', 'only-other']);
  expect(renderCompared(compared[0] as DifferResult['compared'][number])).toMatch(
    /micro-batch is wrong by the oracle:[\s\S]*differs in totalMinor:\n {6}event +region-[\s\S]*only in micro-batch:\n {6}region-\d+ [\s\S]*and \d+ more/,
  );
});
