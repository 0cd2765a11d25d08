import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafkaErrors } from '../errors.ts';
import { exclusively } from './exclusive.ts';
import { runCommand } from './run-command.ts';

const POM = fileURLToPath(new URL('./pom.xml', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const MAVEN_TIME_LIMIT_MS = 15 * 60_000;

/** Receives one line of text for each step that may take long. */
export type ProgressListener = (text: string) => void;

/** The jars of the embedded Kafka, resolved once per version of the pom and kept under the repository. */
export interface KafkaJars {
  /** Folder of this version of the pom; other things made from the jars may be kept in it. */
  readonly folder: string;
  /** For `java -cp`. */
  readonly classpath: string;
  /** Version of Apache Kafka. */
  readonly version: string;
}

/**
 * Class path with Kafka's broker, clients, StorageTool, console tools and performance tools.
 * The first call on a machine downloads the jars through Maven (about 45 MB).
 *
 * Fails with KAFKA_MAVEN_MISSING or KAFKA_MAVEN_FAILED.
 */
export async function resolveKafkaClasspath(
  options: { readonly onProgress?: ProgressListener } = {},
): Promise<string> {
  return (await resolveKafkaJars(options.onProgress)).classpath;
}

/** As {@link resolveKafkaClasspath}, with the cache folder and the version. */
export async function resolveKafkaJars(onProgress: ProgressListener = () => {}): Promise<KafkaJars> {
  const pom = await readFile(POM, 'utf8');
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1] as string;
  const folder = cacheFolder(pom);
  const jars = join(folder, 'jars');
  if (!(await exists(jars))) {
    await mkdir(folder, { recursive: true });
    await exclusively(join(folder, 'resolving.lock'), async () => {
      if (await exists(jars)) return;
      onProgress(`Resolving the jars of Apache Kafka ${version} with Maven (once, about 45 MB)`);
      const unfinished = join(folder, `jars.${process.pid}`);
      await rm(unfinished, { recursive: true, force: true });
      await copyJars(unfinished);
      await rename(unfinished, jars);
    });
  }
  const names = (await readdir(jars)).filter((name) => name.endsWith('.jar')).sort();
  return { folder, version, classpath: names.map((name) => join(jars, name)).join(delimiter) };
}

/** Whether the jars are there already, so that a start needs no Maven. */
export async function kafkaJarsAreCached(): Promise<boolean> {
  return exists(join(cacheFolder(await readFile(POM, 'utf8')), 'jars'));
}

function cacheFolder(pom: string): string {
  return join(CACHE, `kafka-${createHash('sha256').update(pom).digest('hex').slice(0, 12)}`);
}

async function copyJars(target: string): Promise<void> {
  const outcome = await runCommand(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      POM,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${target}`,
    ],
    { timeoutMs: MAVEN_TIME_LIMIT_MS },
  );
  if (outcome.kind === 'missing') throw kafkaErrors.error('KAFKA_MAVEN_MISSING');
  if (outcome.code !== 0) {
    await rm(target, { recursive: true, force: true });
    throw kafkaErrors.error('KAFKA_MAVEN_FAILED', { reason: firstError(outcome.stdout + outcome.stderr) });
  }
}

function firstError(output: string): string {
  const line = output.split('\n').find((text) => text.startsWith('[ERROR]'));
  return (line ?? output).replace('[ERROR]', '').trim().slice(0, 500) || 'it printed nothing';
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
