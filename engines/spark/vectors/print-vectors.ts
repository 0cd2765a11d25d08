import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import {
  interruptibly,
  mavenJars,
  type ProgressListener,
  requireJava,
  runCommand,
} from '../../../java/index.ts';
import { MODULE_OPTIONS } from '../driver/index.ts';
import { sparkErrors } from '../errors.ts';
import { SPARK_VECTORS } from './jars.ts';

const TIME_LIMIT_MS = 60 * 60_000;
const JAVA_OPTIONS = [
  ...['-Xmx1g', '-XX:+UseSerialGC'],
  // Each query runs a few batches: compiling better what runs so seldom costs more than it brings.
  '-XX:TieredStopAtLevel=1',
  '-XX:-UsePerfData',
  ...MODULE_OPTIONS,
];

interface VectorRequest {
  /** The same seed gives the same vectors, and fewer cases are the first of more. */
  readonly seed: number;
  /** In each file. */
  readonly cases: number;
  /** Where the files go; files of the same names are replaced. */
  readonly folder: string;
}

const printedLine = z.object({ file: z.string() });

/**
 * Draws new conformance cases of both Spark formats and has queries of the real Spark print what is expected of them, in a Java process.
 *
 * @returns the vector files, as engines/conformance/golden/README.md describes their formats
 * @throws SPARK_VECTORS_FAILED, SPARK_VECTORS_INTERRUPTED after a Ctrl-C; what mavenJars and requireJava throw
 */
export async function printSparkVectors(
  { seed, cases, folder }: VectorRequest,
  onProgress: ProgressListener,
): Promise<readonly string[]> {
  const java = await requireJava({ what: SPARK_VECTORS.what });
  const { own = '', dependencies } = await mavenJars(SPARK_VECTORS, onProgress);
  await mkdir(folder, { recursive: true });
  onProgress(`Spark prints ${cases} vectors of each kind from seed ${seed}`);
  const scratch = await mkdtemp(join(tmpdir(), 'crosscurrent-spark-vectors-'));
  try {
    const outcome = await interruptibly(async (signal) => {
      const ended = await runCommand(
        java.program,
        [
          ...JAVA_OPTIONS,
          ...[`-Djava.io.tmpdir=${scratch}`, '-cp', [own, ...dependencies].join(delimiter)],
          ...['crosscurrent.spark.vectors.PrintVectors', String(seed), String(cases), folder, scratch],
        ],
        { timeoutMs: TIME_LIMIT_MS, signal },
      );
      if (signal.aborted) throw sparkErrors.error('SPARK_VECTORS_INTERRUPTED', { folder });
      return ended;
    });
    if (outcome.kind === 'missing' || outcome.code !== 0) {
      const said = outcome.kind === 'missing' ? `no ${java.program}` : outcome.stderr;
      const log = join(folder, 'print-spark-vectors.log');
      await writeFile(log, said);
      throw sparkErrors.error('SPARK_VECTORS_FAILED', {
        reason: said.split('\n')[0] || 'no reason given',
        log,
      });
    }
    return outcome.stdout
      .trimEnd()
      .split('\n')
      .map((line) => join(folder, printedLine.parse(JSON.parse(line)).file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
