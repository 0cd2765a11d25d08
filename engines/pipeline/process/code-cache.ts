import { fileURLToPath } from 'node:url';

/**
 * Node's compile cache for all engine processes, for their environment. Stripping types and compiling are most of what an engine's start
 * costs in CPU, and a recovery waits for it. A process writes it when it ends orderly.
 */
export const CODE_CACHE = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../node_modules/.cache/crosscurrent', import.meta.url)),
} as const;
