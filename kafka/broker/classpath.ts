import { readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type JavaNeed,
  type MavenProject,
  mavenJars,
  mavenJarsAreCached,
  type ProgressListener,
} from '../../java/index.ts';

/** Who asks for Java and Maven. */
export const EMBEDDED_KAFKA: JavaNeed = {
  what: 'The embedded Kafka',
  instead: 'choose --broker log or --broker HOST:PORT',
};

const PROJECT: MavenProject = {
  ...EMBEDDED_KAFKA,
  name: 'kafka',
  pom: fileURLToPath(new URL('./pom.xml', import.meta.url)),
  sizeMb: 45,
};

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
 *
 * @throws MAVEN_MISSING, MAVEN_FAILED
 */
export async function resolveKafkaClasspath(
  options: { readonly onProgress?: ProgressListener } = {},
): Promise<string> {
  return (await resolveKafkaJars(options.onProgress)).classpath;
}

/** As {@link resolveKafkaClasspath}, with the cache folder and the version. */
export async function resolveKafkaJars(onProgress?: ProgressListener): Promise<KafkaJars> {
  const version = /<kafka\.version>([^<]+)</.exec(await readFile(PROJECT.pom, 'utf8'))?.[1] as string;
  const { folder, dependencies } = await mavenJars(PROJECT, onProgress);
  return { folder, version, classpath: dependencies.join(delimiter) };
}

/** Whether the jars are there already, so that a start needs no Maven. */
export async function kafkaJarsAreCached(): Promise<boolean> {
  return mavenJarsAreCached(PROJECT);
}
