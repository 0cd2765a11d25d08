import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runVectorFile } from '../engines/conformance/index.ts';
import { eventVectorRunners } from '../engines/event/index.ts';
import { printFlinkVectors } from '../engines/flink/index.ts';
import { microBatchVectorRunners } from '../engines/micro-batch/index.ts';
import { printSparkVectors } from '../engines/spark/index.ts';
import { CrosscurrentError } from '../errors/index.ts';
import type { Count } from './run-vitest.ts';

/** Not the seed of an example, so that what is tried by hand is something else. */
const SEED = 20_260;
const FLINK_CASES = 200;
/** Each is a query of its own in Spark. */
const SPARK_CASES = 20;

type Note = (text: string) => void;

const RUNNERS = { ...eventVectorRunners, ...microBatchVectorRunners };

/**
 * Has the real Flink and the real Spark print new vectors and runs them through the embedded engines. A case that is not applicable counts as
 * failed: none is.
 */
export async function runFreshVectors(note: Note): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'crosscurrent-vectors-'));
  try {
    const ofFlink = await counted(note, async () => {
      const printed = await printFlinkVectors({ seed: SEED, cases: FLINK_CASES, folder }, note);
      for (const { leftOut } of printed) {
        if (Object.keys(leftOut).length > 0) note(`Flink itself failed: ${JSON.stringify(leftOut)}`);
      }
      return { files: printed.map(({ file }) => file), cases: FLINK_CASES };
    });
    const ofSpark = await counted(note, async () => ({
      files: await printSparkVectors({ seed: SEED, cases: SPARK_CASES, folder }, note),
      cases: SPARK_CASES,
    }));
    return { passed: ofFlink.passed + ofSpark.passed, failed: ofFlink.failed + ofSpark.failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function counted(
  note: Note,
  print: () => Promise<{ readonly files: readonly string[]; readonly cases: number }>,
): Promise<Count> {
  const total = { passed: 0, failed: 0 };
  try {
    const { files, cases } = await print();
    for (const file of files) {
      const { passed, failed } = await runVectorFile(file, RUNNERS);
      for (const failure of failed) note(JSON.stringify(failure));
      total.passed += passed;
      total.failed += cases - passed;
    }
    return total;
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    note(`error ${error.code}: ${error.message}\n${error.hint}`);
    return { ...total, failed: total.failed + 1 };
  }
}
