import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { reachMaster } from './reach-master.ts';

test('one of several masters is enough; none is an error that names them', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await reachMaster(`spark://127.0.0.1:1,${address}`);
  server.close();
  await once(server, 'close');
  await expect(reachMaster(`spark://127.0.0.1:1,${address}`)).rejects.toMatchObject({
    code: 'SPARK_MASTER_UNREACHABLE',
    message: expect.stringContaining(address),
  });
});
