import type { AsyncMapNode } from './async-map.ts';

const isWhole = Number.isSafeInteger;

/** Why an asyncMap is wrong in itself; undefined if it is right. */
export function checkAsyncMap({ capacity, timeoutMs, retry }: AsyncMapNode): string | undefined {
  if (!isWhole(capacity) || capacity < 1) return 'capacity must be a whole number above 0';
  if (!isWhole(timeoutMs) || timeoutMs < 1) return 'timeoutMs must be a whole number above 0';
  if (retry === undefined) return undefined;
  if (!isWhole(retry.attempts) || retry.attempts < 1) return 'attempts must be a whole number above 0';
  return isWhole(retry.delayMs) && retry.delayMs >= 0
    ? undefined
    : 'delayMs must be a whole number of at least 0';
}
