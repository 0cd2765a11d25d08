import type { AsyncMapNode, Row } from '../../pipeline/index.ts';
import { asyncErrors } from './errors.ts';

/**
 * Makes the call of one row, again after each failure and time-out as far as the node says (Flink's AsyncRetryStrategies.FixedDelayRetryStrategy, but that each
 * attempt has the whole time-out). Rejects with EVENT_ASYNC_CALL_FAILED after the last attempt where the node has no `orElse`, and with the
 * signal's reason once that is aborted.
 */
export async function callWithRetry(
  node: AsyncMapNode,
  row: Row,
  stop: AbortSignal,
): Promise<readonly Row[]> {
  const { attempts, delayMs } = node.retry ?? { attempts: 1, delayMs: 0 };
  let failure: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1 && delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    stop.throwIfAborted();
    try {
      return await callOnce(node, row, stop);
    } catch (error) {
      stop.throwIfAborted();
      failure = error;
    }
  }
  if (node.orElse !== undefined) return node.orElse(row);
  const reason = failure instanceof Error ? failure.message : String(failure);
  throw asyncErrors.error('EVENT_ASYNC_CALL_FAILED', { attempts, reason }, failure);
}

/** A result after the time-out counts for nothing. */
async function callOnce(
  { call, timeoutMs }: AsyncMapNode,
  row: Row,
  stop: AbortSignal,
): Promise<readonly Row[]> {
  const ended = new AbortController();
  const end = Promise.withResolvers<never>();
  const timeOut = setTimeout(() => end.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const onStop = () => end.reject(stop.reason);
  stop.addEventListener('abort', onStop);
  try {
    return await Promise.race([call(row, ended.signal), end.promise]);
  } catch (error) {
    ended.abort(error);
    throw error;
  } finally {
    clearTimeout(timeOut);
    stop.removeEventListener('abort', onStop);
  }
}
