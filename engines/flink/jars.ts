import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MavenJars, MavenProject } from '../../java/index.ts';

/** The jobs, and Flink with all that a JobManager and a TaskManager need. */
export const FLINK: MavenProject = {
  what: 'The real Apache Flink',
  name: 'flink',
  pom: fileURLToPath(new URL('./jobs/pom.xml', import.meta.url)),
  sources: fileURLToPath(new URL('./jobs/src/main/', import.meta.url)),
  sizeMb: 145,
};

/** The jobs with what Flink's official image lacks: the Kafka connector and its clients, CEP, Jackson. */
export function jarForClusters({ own = '' }: MavenJars): string {
  return join(dirname(own), 'for-clusters', 'flink-jobs.jar');
}
