import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, ErrorReply } from 'redis';
import type { CrosscurrentError } from '../../../errors/index.ts';
import { microBatchErrors } from '../errors.ts';

const RETRY_MS = 50;

/**
 * A connection to a Redis server. A server that goes away is waited for: commands are sent again once it is back, so
 * they must be such that it makes no difference if they were carried out already.
 */
export class RedisLink {
  /** Without the password that the URL may hold. */
  readonly address: string;
  readonly #client: ReturnType<typeof createClient>;
  readonly #waitMs: number;
  #lastError: unknown;

  /**
   * @param url redis://[[user]:password@]host:port/database
   * @param waitMs how long a server that does not answer is waited for. Then calls reject with MICRO_BATCH_REDIS_UNREACHABLE
   */
  static async connect(url: string, waitMs: number): Promise<RedisLink> {
    const link = new RedisLink(url, waitMs);
    link.#client.connect().catch(() => undefined);
    try {
      await link.command(['PING']);
    } catch (error) {
      link.#client.destroy();
      throw error;
    }
    return link;
  }

  private constructor(url: string, waitMs: number) {
    const { host, pathname } = new URL(url);
    this.address = `redis://${host}${pathname}`;
    this.#waitMs = waitMs;
    this.#client = createClient({
      url,
      disableOfflineQueue: true,
      socket: { reconnectStrategy: RETRY_MS, connectTimeout: Math.max(RETRY_MS, waitMs) },
    });
    this.#client.on('error', (error: unknown) => {
      this.#lastError = error;
    });
  }

  /** Commands that are given before anything is awaited travel together. */
  async command(parts: readonly string[]): Promise<unknown> {
    for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
      try {
        return await this.#client.sendCommand([...parts]);
      } catch (error) {
        const isLoading = error instanceof ErrorReply && error.message.startsWith('LOADING');
        if (error instanceof ErrorReply && !isLoading) {
          throw microBatchErrors.error(
            'MICRO_BATCH_REDIS_FAILED',
            { address: this.address, reason: error.message },
            error,
          );
        }
        this.#lastError ??= error;
        // One that reads its files answers, and will be there.
        if (isLoading) waitedMs = 0;
        else if (waitedMs >= this.#waitMs) throw this.#unreachable();
      }
      await sleep(RETRY_MS);
    }
  }

  async close(): Promise<void> {
    if (this.#client.isReady) await this.#client.close();
    else this.#client.destroy();
  }

  #unreachable(): CrosscurrentError {
    const cause = this.#lastError;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const facts = { address: this.address, waitMs: this.#waitMs, reason };
    return microBatchErrors.error('MICRO_BATCH_REDIS_UNREACHABLE', facts, cause);
  }
}
