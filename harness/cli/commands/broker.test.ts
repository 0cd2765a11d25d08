import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const PROGRAM = resolve(import.meta.dirname, '../bin.js');

test('broker stays up after it printed its address, and ends with an interrupt', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'broker', '--broker', 'log'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [address] = (await once(child.stdout, 'data')) as [Buffer];
  const [host = '', port] = address.toString().trim().split(':');
  const socket = connect(Number(port), host);
  await once(socket, 'connect');
  socket.destroy();
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});
