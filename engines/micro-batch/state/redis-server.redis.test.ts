import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RedisLink } from './redis-link.ts';
import { startRedisServer } from './redis-server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-server-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A process that starts a server, tells its URL and stays. */
async function startElsewhere(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const module = new URL('./redis-server.ts', import.meta.url).href;
  const script = `
    const { startRedisServer } = await import(${JSON.stringify(module)});
    process.stdout.write((await startRedisServer(${JSON.stringify(folder)})).url);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, url: url.toString() };
}

async function answers(url: string): Promise<boolean> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  if (client.isOpen) client.destroy();
  return connected;
}

test('a server ends with the process that a SIGKILL ended, and the next one has what it answered for', async () => {
  const { child, url } = await startElsewhere();
  const link = await RedisLink.connect(url, 10_000);
  await link.command(['SET', 'a', '1']);
  await link.close();
  child.kill('SIGKILL');
  while (await answers(url)) await new Promise((resolve) => setTimeout(resolve, 5));

  const next = await startRedisServer(folder);
  const nextLink = await RedisLink.connect(next.url, 10_000);
  expect(await nextLink.command(['GET', 'a'])).toBe('1');
  await nextLink.close();
  await next.close();
  expect(await answers(next.url)).toBe(false);
});

test('a server that still works on the folder is ended before the next one starts', async () => {
  const earlier = await startRedisServer(folder);
  const link = await RedisLink.connect(earlier.url, 10_000);
  await link.command(['SET', 'a', '1']);
  const { child, url } = await startElsewhere();
  const nextLink = await RedisLink.connect(url, 10_000);
  expect(await nextLink.command(['GET', 'a'])).toBe('1');
  await nextLink.close();
  await Promise.all([link.close(), earlier.close()]);
  child.kill('SIGKILL');
  await once(child, 'close');
});
