import { readFileSync } from 'node:fs';
import type { MavenProject } from './maven-jars.ts';

/** The version of what a project stands for, `2.2.1`, as its pom asks for it: the property `<name>.version`. */
export function pomVersion({ name, pom }: Pick<MavenProject, 'name' | 'pom'>): string {
  return (
    new RegExp(`<${name}\\.version>([^<]+)<`).exec(readFileSync(pom, 'utf8'))?.[1] ?? 'of unknown version'
  );
}
