import type { Row } from '../../pipeline/index.ts';
import {
  describeKeyedProcessContract,
  type KeyedProcessRun,
} from '../../pipeline/keyed-state/testing/index.ts';
import { columnsOfRows } from '../columnar/index.ts';
import { createMemoryFileStore } from '../log/index.ts';
import type { PlanOperator } from '../plan/index.ts';
import { createMemoryStateFactory } from '../state/index.ts';
import { makeOperator } from './make-operator.ts';

describeKeyedProcessContract('the micro-batch engine, restored after every batch', runInBatches);

const SCHEMA = { key: 'utf8', name: 'utf8', value: 'int64', timeMs: 'int64' } as const;

async function runInBatches({ process, states, rows, together, endMs }: KeyedProcessRun): Promise<Row[]> {
  const key = { field: 'key', type: 'utf8' } as const;
  const eventTime = { field: 'timeMs', delayMs: 1 };
  const plan: PlanOperator = {
    kind: 'process',
    dataflow: 'sessions',
    key,
    eventTime,
    process,
    orderBy: 'timeMs',
    states,
  };
  const files = createMemoryFileStore();
  const results: Row[] = [];
  let version = 0;
  let lateMs = 0;
  let currentMs = 0;
  const batch = async (input: readonly Row[]) => {
    const operator = makeOperator(plan, createMemoryStateFactory(files, 3), 2);
    const inputs = [[columnsOfRows(input, SCHEMA)]];
    const run = await operator.run({
      version,
      inputs,
      watermarks: { lateMs, currentMs },
      timestampMs: version,
    });
    await run.commit();
    version++;
    lateMs = currentMs;
    results.push(...run.rows.map(({ row }) => row));
  };
  for (let from = 0; from < rows.length; from += together) {
    const input = rows.slice(from, from + together);
    await batch(input);
    currentMs = (input.at(-1)?.timeMs as number) - 1;
  }
  await batch([]);
  currentMs = endMs;
  await batch([]);
  return results;
}
