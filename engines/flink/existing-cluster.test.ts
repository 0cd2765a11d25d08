import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pomVersion } from '../../java/index.ts';
import { requireCluster } from './existing-cluster.ts';
import { FLINK } from './jars.ts';
import { OVERVIEW, type ScriptedFlink, startScriptedFlink } from './rest/testing/index.ts';

const HTML = { body: '<!DOCTYPE html>\n<html><body>Welcome to nginx!</body></html>' };
const CONFIGURATION = { features: { 'web-submit': true } };

let flink: ScriptedFlink;
beforeEach(async () => {
  flink = await startScriptedFlink({
    'GET /overview': { body: { ...OVERVIEW, 'flink-version': pomVersion(FLINK) } },
    'GET /config': { body: CONFIGURATION },
  });
});
afterEach(() => flink.close());

test('a Flink of the jobs’ version that takes jars will do', async () => {
  await requireCluster(flink.url);
});

test.each([
  [
    'another version',
    '/overview',
    { body: { ...OVERVIEW, 'flink-version': '1.20.1' } },
    'FLINK_VERSION_OTHER',
  ],
  ['no jars', '/config', { body: { features: { 'web-submit': false } } }, 'FLINK_SUBMIT_DISABLED'],
  ['a web page', '/overview', HTML, 'FLINK_NOT_FLINK'],
  ['no such page', '/overview', { ...HTML, status: 404 }, 'FLINK_NOT_FLINK'],
  ['a gateway without a server', '/overview', { ...HTML, status: 502 }, 'FLINK_UNREACHABLE'],
])('refuses %s', async (_, path, answer, code) => {
  flink.answers.set(`GET ${path}`, answer);
  const refusal = await requireCluster(flink.url).catch((error: Error) => error);
  expect(refusal).toMatchObject({ code, message: expect.stringContaining(flink.url) });
  expect((refusal as Error).message).not.toContain('\n');
});

test('nothing there, and TLS in place of HTTP, are told in one line', async () => {
  await expect(requireCluster('http://127.0.0.1:1')).rejects.toMatchObject({
    code: 'FLINK_UNREACHABLE',
    message: expect.stringContaining('127.0.0.1:1'),
  });
  // What a TLS server answers to plain text: an alert.
  const tls = createServer((socket) => socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 10])));
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
  try {
    const address = `127.0.0.1:${(tls.address() as AddressInfo).port}`;
    for (const scheme of ['http', 'https']) {
      await expect(requireCluster(`${scheme}://${address}`)).rejects.toMatchObject({
        code: 'FLINK_UNREACHABLE',
        message: expect.not.stringContaining('\n'),
      });
    }
  } finally {
    tls.close();
  }
});
