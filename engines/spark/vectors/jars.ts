import { fileURLToPath } from 'node:url';
import type { MavenProject } from '../../../java/index.ts';

/** The Java program that prints vectors, with streaming queries of Spark over a stream in memory. */
export const SPARK_VECTORS: MavenProject = {
  what: 'The printer of Spark vectors',
  name: 'spark-vectors',
  pom: fileURLToPath(new URL('./pom.xml', import.meta.url)),
  sources: fileURLToPath(new URL('./src/main/', import.meta.url)),
  sizeMb: 280,
};
