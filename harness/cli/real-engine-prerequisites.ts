import { statfs } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CrosscurrentError } from '../../errors/index.ts';
import { type MavenProject, mavenJarsAreCached, pomVersion, requireCompiler } from '../../java/index.ts';
import { type Prerequisite, usableMemoryMb } from '../../kafka/index.ts';
import { REAL_ENGINES } from '../run/index.ts';

/** Broker and harness as for the other engines, and beside them Flink's two JVMs with heap, network buffers, RocksDB and code, or Spark's one. */
const MINIMUM_MEMORY_MB = 5_000;
/** Jars lie in Maven's own repository and in the cache of this clone; what a run writes comes on top. */
const COPIES = 2;
const RUN_MB = 1_000;
const CLONE = fileURLToPath(new URL('../../', import.meta.url));

/** What this machine has of what the real Flink and Spark need; nothing is started or downloaded, and none of it is required for the others. */
export async function checkRealEngines(): Promise<Prerequisite[]> {
  const engines = await Promise.all(
    REAL_ENGINES.map(async (project) => ({ project, isCached: await mavenJarsAreCached(project) })),
  );
  const missingMb = engines.reduce((sum, { project, isCached }) => sum + (isCached ? 0 : project.sizeMb), 0);
  return [
    ...(await compilerCheck(engines)),
    ...engines.map(({ project, isCached }) => ({
      name: project.what.replace('The real ', ''),
      found: isCached ? pomVersion(project) : null,
      ok: isCached,
      required: false,
      fix: `The first run with --engine ${project.name} fetches ${pomVersion(project)}, about ${project.sizeMb} MB of jars, by Maven.`,
    })),
    await spaceCheck('Disk for jars', COPIES * missingMb + RUN_MB),
    {
      name: 'Memory for both',
      found: `${usableMemoryMb()} MB`,
      ok: usableMemoryMb() >= MINIMUM_MEMORY_MB,
      required: false,
      fix: `Give the machine or the container at least ${MINIMUM_MEMORY_MB} MB for --engine flink and spark, or less by --heap.`,
    },
  ];
}

/** Jobs that are compiled already need no compiler. */
async function compilerCheck(
  engines: readonly { readonly project: MavenProject; readonly isCached: boolean }[],
): Promise<Prerequisite[]> {
  const left = engines.find(({ isCached }) => !isCached);
  if (left === undefined) return [];
  const row = { name: 'Java compiler', required: false };
  try {
    const { program, version } = await requireCompiler(left.project);
    return [{ ...row, found: `${version} (${program})`, ok: true, fix: 'Nothing is to do.' }];
  } catch (error) {
    if (!(error instanceof CrosscurrentError)) throw error;
    return [{ ...row, found: null, ok: false, fix: error.hint }];
  }
}

async function spaceCheck(name: string, neededMb: number): Promise<Prerequisite> {
  const { bavail, bsize } = await statfs(CLONE);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  return {
    name,
    found: `${freeMb} MB free`,
    ok: freeMb >= neededMb,
    required: false,
    fix: `Free ${neededMb} MB where this clone lies.`,
  };
}
