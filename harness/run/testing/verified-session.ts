import { join } from 'node:path';
import { expect } from 'vitest';
import type { OpenBroker } from '../../../kafka/index.ts';
import { type Result, readResult } from '../../../reports/model/index.ts';
import { interleave } from '../interleave.ts';
import type { CellPlan } from '../plan.ts';
import { runSession } from '../session.ts';

/**
 * One run of each cell and measure, and the result as it reads back from the folder. The oracle must pass; figures of a shared test machine
 * may be refused as invalid without failing the test.
 */
export async function verifiedSession(
  broker: OpenBroker,
  cells: readonly CellPlan[],
  outputFolder: string,
): Promise<Result> {
  const progress: string[] = [];
  const result = await runSession({
    runs: interleave(cells, 1),
    broker,
    seed: 11,
    command: [],
    outputFolder,
    warmUp: false,
    attempts: 1,
    signal: new AbortController().signal,
    progress: (text) => progress.push(text),
  });
  expect(await readResult(join(outputFolder, 'result.json'))).toEqual(result);
  for (const run of result.cells.flatMap((cell) => cell.runs)) {
    expect(run.verification, progress.join('\n')).toMatchObject({ passed: true, lost: 0, wrong: 0 });
  }
  return result;
}
