import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { masterAddresses, reachMaster } from './reach-master.ts';

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

test.each(['spark://:', 'spark://a b:1', 'spark://host', 'spark://host:99999', 'spark://a:1,b'])(
  '%s is refused before anything connects',
  (master) => {
    expect(() => masterAddresses(master)).toThrow(
      expect.objectContaining({
        code: 'SPARK_MASTER_INVALID',
        message: expect.stringContaining('HOST:PORT'),
      }),
    );
  },
);

test('an address may be one of IPv6', () => {
  expect(masterAddresses('spark://[::1]:7077,host:7078')).toMatchObject([
    { host: '::1', port: 7077 },
    { host: 'host', port: 7078 },
  ]);
});
