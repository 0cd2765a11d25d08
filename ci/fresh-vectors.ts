import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVectorFile } from '../engines/conformance/index.ts';
import { eventVectorRunners } from '../engines/event/index.ts';
import { printFlinkVectors } from '../engines/flink/index.ts';
import { CrosscurrentError } from '../errors/index.ts';
import type { Count } from './run-vitest.ts';

/** Not the seed of an example, so that what is tried by hand is something else. */
const SEED = 20_260;
const CASES = 200;

/** Has the real Flink print new vectors and runs them through the event-driven engine. A case that is not applicable counts as failed: none is. */
export async function runFreshVectors(note: (text: string) => void): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-vectors-'));
  const total = { passed: 0, failed: 0 };
  try {
    for (const { file, leftOut } of await printFlinkVectors({ seed: SEED, cases: CASES, folder }, note)) {
      const { passed, failed } = await runVectorFile(file, eventVectorRunners);
      for (const failure of failed) note(JSON.stringify(failure));
      if (Object.keys(leftOut).length > 0) note(`Flink itself failed: ${JSON.stringify(leftOut)}`);
      total.passed += passed;
      total.failed += CASES - passed;
    }
    return total;
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    note(`error ${error.code}: ${error.message}\n${error.hint}`);
    return { ...total, failed: total.failed + 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
