import { createHash } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively, type JavaRuntime, type ProgressListener } from '../../java/index.ts';
import type { KafkaJars } from './classpath.ts';
import { launchBroker } from './launch.ts';

const TRAINING_HEAP_MB = 512;

/**
 * JVM options that load Kafka's classes from an archive (JEP 350, dynamic class-data sharing): the start of the broker then takes
 * about half as long. The archive is written once per Java and version of the jars, by a broker that is started and shut
 * down. Where that fails, e.g. on a Java without the feature, the broker starts without it.
 */
export async function classArchiveOptions(
  java: JavaRuntime,
  jars: KafkaJars,
  onProgress: ProgressListener,
): Promise<string[]> {
  const name = createHash('sha256')
    .update(`${java.program}\n${java.version}\n${jars.classpath}`)
    .digest('hex');
  const archive = join(jars.folder, `classes-${name.slice(0, 12)}.jsa`);
  if (!(await isFile(archive))) {
    await exclusively(join(jars.folder, 'archiving.lock'), async () => {
      if (await isFile(archive)) return;
      onProgress('Preparing fast starts of the embedded Kafka (once)');
      await writeArchive(java, jars, archive);
    });
  }
  return (await isFile(archive))
    ? [`-XX:SharedArchiveFile=${archive}`, '-Xlog:cds=off', '-Xlog:cds+dynamic=off']
    : [];
}

async function writeArchive(java: JavaRuntime, jars: KafkaJars, archive: string): Promise<void> {
  const unfinished = `${archive}.${process.pid}`;
  const outcome = await launchBroker({
    java: java.program,
    jars,
    heapMb: TRAINING_HEAP_MB,
    archiveOptions: { format: [], broker: [`-XX:ArchiveClassesAtExit=${unfinished}`] },
  });
  if (outcome.kind === 'failed') {
    await rm(outcome.folder, { recursive: true, force: true });
    return;
  }
  outcome.process.order({ signal: 'SIGTERM', keepLogs: false });
  await outcome.process.ended;
  if (await isFile(unfinished)) await rename(unfinished, archive);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}
