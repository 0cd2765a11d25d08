import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { createClient } from 'redis';
import { microBatchErrors } from '../errors.ts';

/** A server of the engine's own. */
export interface OwnRedisServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A shell between the engine and the server, which ends the server as soon as its own input ends: so that none
 * outlives an engine that a SIGKILL ended. SIGKILL for the server too: what it has answered is in its append-only file.
 */
const GUARD = `exec 3<&0
"$@" </dev/null >/dev/null 2>&1 &
server=$!
(read -r _ <&3; kill -9 $server) 2>/dev/null &
guard=$!
wait $server
kill $guard 2>/dev/null`;

/** Starts of a server that dies again and again. */
const ATTEMPTS = 5;

/**
 * Starts `redis-server` from the PATH on a free loopback port, its files in `folder`. It appends each change to a file
 * before it answers, and syncs that each second: a killed server loses nothing, a power failure the last second. One
 * that dies is started again, on the same port. Fails with MICRO_BATCH_REDIS_MISSING.
 */
export async function startRedisServer(folder: string): Promise<OwnRedisServer> {
  const executable = await findRedisServer();
  await mkdir(folder, { recursive: true });
  await endEarlierServer(folder);
  const port = await freePort();
  await writeFile(portFile(folder), String(port));
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'aof-use-rdb-preamble': 'yes',
  };
  const serverArguments = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  let child: ChildProcess;
  let closing = false;
  let deaths = 0;
  const start = () => {
    child = spawn('sh', ['-c', GUARD, 'sh', executable, ...serverArguments], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin?.on('error', () => undefined);
    child.on('exit', async () => {
      // Another one may have taken the folder over.
      const owner = await readFile(portFile(folder), 'utf8').catch(() => undefined);
      if (!closing && owner === String(port) && ++deaths < ATTEMPTS) start();
    });
  };
  start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    async close() {
      closing = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.stdin?.end();
      await exited;
    },
  };
}

async function findRedisServer(): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'redis-server');
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // In another folder, or in none.
    }
  }
  throw microBatchErrors.error('MICRO_BATCH_REDIS_MISSING');
}

const portFile = (folder: string): string => join(folder, 'port');

/** The guard of a killed engine may not have run yet: two servers must not append to the same file. */
async function endEarlierServer(folder: string): Promise<void> {
  const port = await readFile(portFile(folder), 'utf8').catch(() => undefined);
  if (port === undefined) return;
  for (;;) {
    const client = createClient({
      url: `redis://127.0.0.1:${port}/0`,
      socket: { reconnectStrategy: false, connectTimeout: 1000 },
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { dir } = await client.configGet('dir');
      if (dir !== folder) return;
      await client.sendCommand(['SHUTDOWN', 'NOSAVE']);
    } catch {
      // Nobody there, or just gone: the next look tells.
      if (!client.isOpen) return;
    } finally {
      if (client.isOpen) client.destroy();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
