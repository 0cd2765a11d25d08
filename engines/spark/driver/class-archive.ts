import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively, interruptibly, type JavaRuntime, runCommand } from '../../../java/index.ts';
import { MODULE_OPTIONS } from './command-line.ts';

const TRAINING_LIMIT_MS = 10 * 60_000;
const TRAINING_HEAP_MB = 1_024;

/**
 * JVM options that load Spark's classes from an archive (JEP 350, dynamic class-data sharing), as kafka/broker/class-archive.ts does for
 * the broker. It is written once for each Java and version of the jars, by a run of the jobs over made-up records; where that fails the
 * driver starts without it.
 *
 * @param folder where it is kept: that of the jars
 */
export async function classArchiveOptions(
  java: JavaRuntime,
  classpath: string,
  folder: string,
): Promise<readonly string[]> {
  const name = createHash('sha256').update(`${java.program}\n${java.version}\n${classpath}`).digest('hex');
  const archive = join(folder, `classes-${name.slice(0, 12)}.jsa`);
  if (!(await isFile(archive))) {
    await interruptibly(async (signal) => {
      const work = async (): Promise<void> => {
        if (!(await isFile(archive))) await writeArchive(java, classpath, { folder, archive }, signal);
      };
      await exclusively(join(folder, 'archiving.lock'), work, { signal }).catch((error) => {
        // The run that waits here is ended by the same Ctrl-C.
        if (!signal.aborted) throw error;
      });
    });
  }
  return (await isFile(archive))
    ? [`-XX:SharedArchiveFile=${archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off']
    : [];
}

async function writeArchive(
  { program }: JavaRuntime,
  classpath: string,
  { folder, archive }: { readonly folder: string; readonly archive: string },
  signal: AbortSignal,
): Promise<void> {
  const work = await mkdtemp(join(folder, 'training-'));
  try {
    const unfinished = join(work, 'classes.jsa');
    await runCommand(
      program,
      [
        ...[`-Xmx${TRAINING_HEAP_MB}m`, '-XX:+UseG1GC', ...MODULE_OPTIONS],
        ...[`-XX:ArchiveClassesAtExit=${unfinished}`, `-Djava.io.tmpdir=${work}`],
        ...[`-Dcrosscurrent.log=${join(work, 'spark.log')}`, '-cp', classpath],
        ...['crosscurrent.spark.Training', work],
      ],
      { timeoutMs: TRAINING_LIMIT_MS, cwd: work, signal },
    );
    if (await isFile(unfinished)) await rename(unfinished, archive);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
