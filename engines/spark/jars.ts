import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MavenProject } from '../../java/index.ts';

/** The jobs, and Spark with all that it needs. */
export const SPARK: MavenProject = {
  what: 'The real Apache Spark',
  name: 'spark',
  pom: fileURLToPath(new URL('./jobs/pom.xml', import.meta.url)),
  sources: fileURLToPath(new URL('./jobs/src/main/', import.meta.url)),
  sizeMb: 300,
};

/** Of the dependencies those that a Spark distribution has not: the Kafka connector and what it needs. */
export function connectorJars(dependencies: readonly string[]): readonly string[] {
  return dependencies.filter((path) =>
    /^(spark-sql-kafka|spark-token-provider-kafka|kafka-clients|commons-pool2)-/.test(basename(path)),
  );
}
