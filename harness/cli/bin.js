#!/usr/bin/env node
// Plain JavaScript, so that an older Node gets as far as the message.
const MINIMUM_MAJOR = 24;
/** The one of the engine processes. */
const CODE_CACHE = `${import.meta.dirname}/../../node_modules/.cache/crosscurrent`;

if (Number(process.versions.node.split('.')[0]) < MINIMUM_MAJOR) {
  process.stderr.write(
    `error HARNESS_NODE_TOO_OLD: Node ${process.versions.node} cannot run this; Node ${MINIMUM_MAJOR} is needed.\n` +
      '  Inside the clone, run `npm install` once and then `npx crosscurrent …`: it runs on the Node 24 that the package brings.\n',
  );
  process.exitCode = 2;
} else {
  // Stripping types and compiling are most of what a command's start costs. Threads and processes that it starts take it from here.
  process.env.NODE_COMPILE_CACHE ??= CODE_CACHE;
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  const { main } = await import('./main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
