import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { javaErrors } from './errors.ts';
import { type JavaNeed, orInstead } from './need.ts';
import { runCommand } from './run-command.ts';

/** The classes of Kafka's broker (KIP-1013), of Spark 4 and of our jobs are compiled for this release; Flink 2 asks for 11. */
export const MINIMUM_JAVA_MAJOR = 17;

export interface JavaRuntime {
  /** Program to start. */
  readonly program: string;
  /** As Java prints it, e.g. 17.0.15. */
  readonly version: string;
  readonly major: number;
}

/** The Java of JAVA_HOME, else the one on the PATH; undefined where there is none. Says nothing about its age. */
export async function findJava(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JavaRuntime | undefined> {
  const program = javaProgram(environment);
  const outcome = await runCommand(program, ['-version'], { timeoutMs: 30_000 });
  if (outcome.kind === 'missing' || outcome.code !== 0) return undefined;
  const version = /version "([^"]+)"/.exec(outcome.stderr + outcome.stdout)?.[1];
  return version === undefined ? undefined : { program, version, major: majorVersion(version) };
}

/** A Java that can run what is needed. @throws JAVA_MISSING, JAVA_TOO_OLD */
export async function requireJava(
  need: JavaNeed,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JavaRuntime> {
  const { what } = need;
  const instead = orInstead(need);
  const java = await findJava(environment);
  if (java === undefined)
    throw javaErrors.error('JAVA_MISSING', {
      what,
      instead,
      tried: environment.JAVA_HOME
        ? `${javaProgram(environment)}, as JAVA_HOME says`
        : 'java on the PATH, as JAVA_HOME is not set',
    });
  if (java.major < MINIMUM_JAVA_MAJOR) {
    throw javaErrors.error('JAVA_TOO_OLD', { what, instead, java: java.program, version: java.version });
  }
  return java;
}

/**
 * A Java that can also compile. Maven takes the same one: that of JAVA_HOME, else the one on the PATH.
 *
 * @throws JAVA_MISSING, JAVA_TOO_OLD, JAVA_NO_COMPILER
 */
export async function requireCompiler(
  need: JavaNeed,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<JavaRuntime> {
  const java = await requireJava(need, environment);
  // What the compiler knows of older releases, without which Maven cannot compile for one. Debian's runtime has it, and compiles without javac.
  const file = join(await homeOf(java), 'lib', 'ct.sym');
  try {
    await access(file);
  } catch {
    const { what } = need;
    throw javaErrors.error('JAVA_NO_COMPILER', {
      what,
      java: java.program,
      file,
      instead: orInstead(need),
    });
  }
  return java;
}

/** Java's own folder: a program on the PATH is mostly a link into it. */
async function homeOf({ program }: JavaRuntime): Promise<string> {
  const outcome = await runCommand(program, ['-XshowSettings:properties', '-version'], { timeoutMs: 30_000 });
  const output = outcome.kind === 'missing' ? '' : outcome.stderr + outcome.stdout;
  return /^\s*java\.home = (.+)$/m.exec(output)?.[1]?.trim() ?? '';
}

/** Release number of a version text: 17 of "17.0.15", 8 of "1.8.0_412". */
export function majorVersion(version: string): number {
  const [first = '0', second = '0'] = version.split(/[._-]/);
  return Number(first === '1' ? second : first);
}

function javaProgram(environment: NodeJS.ProcessEnv): string {
  const home = environment.JAVA_HOME;
  return home ? join(home, 'bin', 'java') : 'java';
}
