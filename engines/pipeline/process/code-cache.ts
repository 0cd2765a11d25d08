import { rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';

/**
 * Node's compile cache of one pipeline. Stripping types and compiling are most of what an engine's start costs in CPU, and a recovery
 * waits for it; the first process of a pipeline writes the cache, those after it read it. It lives beside the state folder and goes with
 * the pipeline, so that every run's first start is as cold as the next run's.
 */
export class CodeCache {
  /** For the process's environment. */
  readonly environment: { readonly NODE_COMPILE_CACHE: string };

  constructor(stateFolder: string) {
    this.environment = { NODE_COMPILE_CACHE: `${stateFolder}.code` };
  }

  remove(): void {
    rmSync(this.environment.NODE_COMPILE_CACHE, { recursive: true, force: true });
  }
}

/** Writes what this process has compiled so far: a process that is killed does not come to it at its end. */
export function keepCompiledCode(): void {
  flushCompileCache();
}
