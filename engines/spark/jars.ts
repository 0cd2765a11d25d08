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
