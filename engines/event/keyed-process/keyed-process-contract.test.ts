import type { Row } from '../../pipeline/index.ts';
import {
  describeKeyedProcessContract,
  type KeyedProcessRun,
} from '../../pipeline/keyed-state/testing/index.ts';
import { type OperatorStep, openHeapBackend, runOperatorSteps } from '../operator-harness/index.ts';
import { KeyedProcessOperator } from './keyed-process-operator.ts';

describeKeyedProcessContract('the event-driven engine', runInOperator);

async function runInOperator({ process, states, rows, together, endMs }: KeyedProcessRun): Promise<Row[]> {
  const steps: OperatorStep<undefined>[] = rows.flatMap((row, index) => {
    const [key, timestampMs] = [row.key as string, row.timeMs as number];
    const element = { element: { key, row, timestampMs, raw: undefined } };
    return (index + 1) % together === 0 ? [element, { watermarkMs: timestampMs - 1 }] : [element];
  });
  const emissions = await runOperatorSteps(
    openHeapBackend,
    (parts) => new KeyedProcessOperator({ process, states, ...parts }),
    [...steps, { watermarkMs: endMs }],
  );
  return emissions.flat().flatMap((emission) => (emission.kind === 'result' ? [emission.row] : []));
}
