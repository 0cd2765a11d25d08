import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import {
  interruptibly,
  mavenJars,
  type ProgressListener,
  requireJava,
  runCommand,
} from '../../../java/index.ts';
import { flinkErrors } from '../errors.ts';
import { FLINK_VECTORS } from './jars.ts';

const TIME_LIMIT_MS = 60 * 60_000;
const JAVA_OPTIONS = [
  '-Xmx1g',
  // Flink's serializers look into these, as its own scripts allow them.
  '--add-opens=java.base/java.lang=ALL-UNNAMED',
  '--add-opens=java.base/java.util=ALL-UNNAMED',
  // Standard output is for the report.
  '-Dorg.apache.logging.log4j.level=OFF',
];

interface VectorRequest {
  /** The same seed gives the same vectors, and fewer cases are the first of more. */
  readonly seed: number;
  /** In each file. */
  readonly cases: number;
  /** Where the files go; files of the same names are replaced. */
  readonly folder: string;
}

/** A vector file, as engines/conformance/golden/README.md describes its format. */
interface PrintedVectors {
  readonly file: string;
  /** Cases on which Flink itself failed, by what it threw; others stand in their place. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const printedLine = z.object({ file: z.string(), leftOut: z.record(z.string(), z.number()) });

/**
 * Draws new conformance cases of each Flink format and has the real Flink's operators print what is expected of them, in a Java process.
 *
 * @throws FLINK_VECTORS_FAILED, FLINK_VECTORS_INTERRUPTED after a Ctrl-C; what mavenJars and requireJava throw
 */
export async function printFlinkVectors(
  { seed, cases, folder }: VectorRequest,
  onProgress: ProgressListener,
): Promise<readonly PrintedVectors[]> {
  const java = await requireJava({ what: FLINK_VECTORS.what });
  const { own = '', dependencies } = await mavenJars(FLINK_VECTORS, onProgress);
  await mkdir(folder, { recursive: true });
  onProgress(`Flink prints ${cases} vectors of each kind from seed ${seed}`);
  const outcome = await interruptibly(async (signal) => {
    const ended = await runCommand(
      java.program,
      [
        ...JAVA_OPTIONS,
        ...['-cp', [own, ...dependencies].join(delimiter)],
        ...['crosscurrent.flink.vectors.PrintVectors', String(seed), String(cases), folder],
      ],
      { timeoutMs: TIME_LIMIT_MS, signal },
    );
    if (signal.aborted) throw flinkErrors.error('FLINK_VECTORS_INTERRUPTED', { folder });
    return ended;
  });
  if (outcome.kind === 'missing' || outcome.code !== 0) {
    const said = outcome.kind === 'missing' ? `no ${java.program}` : outcome.stderr;
    const log = join(folder, 'print-vectors.log');
    await writeFile(log, said);
    throw flinkErrors.error('FLINK_VECTORS_FAILED', {
      reason: said.split('\n')[0] || 'no reason given',
      log,
    });
  }
  return outcome.stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { file, leftOut } = printedLine.parse(JSON.parse(line));
      return { file: join(folder, file), leftOut };
    });
}
