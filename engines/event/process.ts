import { enableCompileCache, flushCompileCache } from 'node:module';

// Compiled code of the run before: a process starts in a third of the time, and recovery is mostly that. Hence the late imports.
enableCompileCache();
const { hostEngine } = await import('../pipeline/process/index.ts');
const { startEngine } = await import('./runtime/index.ts');

hostEngine({
  start: async (environment) => {
    const engine = await startEngine(environment);
    // Written now, since a killed process writes nothing at its end.
    setImmediate(flushCompileCache);
    return engine;
  },
});
