import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadProgress } from './download-progress.ts';
import { javaErrors } from './errors.ts';
import { exclusively } from './exclusive.ts';
import { interruptibly } from './interruption.ts';
import { requireCompiler } from './java.ts';
import { type JavaNeed, orInstead } from './need.ts';
import type { ProgressListener } from './progress.ts';
import { runCommand } from './run-command.ts';

const CACHE = fileURLToPath(new URL('../.cache/', import.meta.url));
const MAVEN_TIME_LIMIT_MS = 20 * 60_000;

/** What Maven is to make, once for each version of its sources. */
export interface MavenProject extends JavaNeed {
  /** Of the cache folder: `kafka`. */
  readonly name: string;
  readonly pom: string;
  /** `.java` and other files of the project below this folder count for the version too; none for a pom that only names dependencies. */
  readonly sources?: string;
  /** Of the first download, for the progress line. */
  readonly sizeMb: number;
}

/** Jars resolved and built once for each version of a project, and kept under the repository. */
export interface MavenJars {
  /** Folder of this version; other things made from the jars may be kept in it. */
  readonly folder: string;
  /** Paths of the dependencies, sorted. */
  readonly dependencies: readonly string[];
  /** Path of the project's own jar; undefined without sources. */
  readonly own: string | undefined;
}

/**
 * The runtime dependencies of a Maven project, and its own jar where it has sources. The first call on a machine downloads and compiles, the
 * next find what is there; two at a time wait for each other.
 *
 * @throws MAVEN_MISSING, MAVEN_FAILED, MAVEN_INTERRUPTED after a Ctrl-C; JAVA_MISSING, JAVA_TOO_OLD and JAVA_NO_COMPILER where there are sources to compile
 */
export async function mavenJars(
  project: MavenProject,
  onProgress: ProgressListener = () => {},
): Promise<MavenJars> {
  const folder = await folderOf(project);
  const made = join(folder, 'made');
  if (!(await exists(made))) {
    await mkdir(folder, { recursive: true });
    await interruptibly(async (signal) => {
      const work = async (): Promise<void> => {
        if (!(await exists(made))) await makeInto(folder, made, project, onProgress, signal);
      };
      const onWait = (): void =>
        onProgress(`Waiting for another command that makes the jars of ${project.name}`);
      try {
        await exclusively(join(folder, 'making.lock'), work, { signal, onWait });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw javaErrors.error('MAVEN_INTERRUPTED', { what: inSentence(project) }, error);
      }
    });
  }
  const [own] = project.sources === undefined ? [] : await jarsIn(join(made, 'build'));
  return { folder, own, dependencies: await jarsIn(join(made, 'jars')) };
}

/** Whether the jars are there already, so that a start needs no Maven. */
export async function mavenJarsAreCached(project: MavenProject): Promise<boolean> {
  return exists(join(await folderOf(project), 'made'));
}

async function folderOf({ name, pom, sources }: MavenProject): Promise<string> {
  const hash = createHash('sha256').update(await readFile(pom));
  if (sources !== undefined) {
    const entries = await readdir(sources, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file.slice(sources.length)).update(await readFile(file));
  }
  return join(CACHE, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** What an earlier command could not finish goes first. */
async function makeInto(
  folder: string,
  made: string,
  project: MavenProject,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<void> {
  if (project.sources !== undefined) await requireCompiler(project);
  const perChange = project.sources === undefined ? '' : ' for each change of the jobs';
  onProgress(
    `Resolving the jars of ${project.name} with Maven (once${perChange}, about ${project.sizeMb} MB)`,
  );
  for (const name of await readdir(folder)) {
    if (name.startsWith('made.')) await rm(join(folder, name), { recursive: true });
  }
  const unfinished = join(folder, `made.${process.pid}`);
  try {
    await make(project, { target: unfinished, log: join(folder, 'maven.log') }, onProgress, signal);
    await rename(unfinished, made);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function make(
  project: MavenProject,
  { target, log }: { readonly target: string; readonly log: string },
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<void> {
  const { pom, sources } = project;
  const outcome = await runCommand(
    'mvn',
    [
      ...['-B', '-f', basename(pom)],
      ...(sources === undefined ? [] : ['package', '-DskipTests', `-DbuildFolder=${join(target, 'build')}`]),
      ...['dependency:copy-dependencies', '-DincludeScope=runtime'],
      `-DoutputDirectory=${join(target, 'jars')}`,
    ],
    {
      timeoutMs: MAVEN_TIME_LIMIT_MS,
      cwd: dirname(pom),
      onOutput: downloadProgress(project.sizeMb, onProgress, () => performance.now()),
      signal,
    },
  );
  if (outcome.kind === 'missing')
    throw javaErrors.error('MAVEN_MISSING', { what: project.what, instead: orInstead(project) });
  if (outcome.code === 0) return await rm(log, { force: true });
  signal.throwIfAborted();
  const output = outcome.stdout + outcome.stderr;
  await writeFile(log, output);
  throw javaErrors.error('MAVEN_FAILED', { what: inSentence(project), reason: firstError(output), log });
}

const inSentence = ({ what }: MavenProject): string => what.replace(/^The /, 'the ');

function firstError(output: string): string {
  const line = output.split('\n').find((text) => text.startsWith('[ERROR]'));
  const said = (line ?? output).replace('[ERROR]', '').replace(/ -> \[Help 1\]$/, '');
  return said.trim().slice(0, 500) || 'it printed nothing';
}

async function jarsIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jar')).sort();
  return names.map((name) => join(folder, name));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
