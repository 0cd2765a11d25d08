export { exclusively } from './exclusive.ts';
export { freePorts } from './free-port.ts';
export { type GuardedProcess, startGuarded } from './guarded-process.ts';
export { findJava, type JavaRuntime, MINIMUM_JAVA_MAJOR, requireCompiler, requireJava } from './java.ts';
export { findMaven } from './maven.ts';
export { type MavenJars, type MavenProject, mavenJars, mavenJarsAreCached } from './maven-jars.ts';
export type { JavaNeed } from './need.ts';
export type { ProgressListener } from './progress.ts';
export { type CommandOutcome, runCommand } from './run-command.ts';
