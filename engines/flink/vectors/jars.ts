import { fileURLToPath } from 'node:url';
import type { MavenProject } from '../../../java/index.ts';

/** The Java program that prints vectors, with Flink's operators and the harnesses of its own tests. */
export const FLINK_VECTORS: MavenProject = {
  what: 'The printer of Flink vectors',
  name: 'flink-vectors',
  pom: fileURLToPath(new URL('./pom.xml', import.meta.url)),
  sources: fileURLToPath(new URL('./src/main/', import.meta.url)),
  sizeMb: 90,
};
