import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CrosscurrentError } from '../../errors/index.ts';
import { type ClientConfig, readClientConfig } from './client-config.ts';

const SECRETS = ['s3cr3t-Pass', 'key-pass-4711', 'wrong-pass-0815', 'MIGHAgEAMBMG', 'MIHsMFcGCSqG'];
const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url).pathname;
const inline = async (name: string) => (await readFile(fixture(name), 'utf8')).trim().replaceAll('\n', '\\n');
const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule';
const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(...lines: string[]): Promise<ClientConfig> {
  const file = join(folder, 'client.properties');
  await writeFile(file, lines.join('\n'));
  return readClientConfig(file);
}

async function failure(...lines: string[]): Promise<CrosscurrentError> {
  const error = await read(...lines).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CrosscurrentError);
  return error as CrosscurrentError;
}

describe('readClientConfig', () => {
  test('an empty file means plain text', async () => {
    expect(await read('# nothing', '')).toEqual({});
  });

  test.each([
    ['PLAIN', plain, 'plain'],
    ['SCRAM-SHA-256', scram, 'scram-sha-256'],
    ['SCRAM-SHA-512', scram, 'scram-sha-512'],
  ])('reads the login of %s', async (mechanism, module, name) => {
    const { sasl, ssl } = await read(
      'security.protocol=SASL_PLAINTEXT',
      `sasl.mechanism=${mechanism}`,
      `sasl.jaas.config=${module} required \\`,
      '  username="alice" \\',
      '  password="s3cr3t-Pass;\\\\"x";',
    );
    expect(ssl).toBeUndefined();
    expect(sasl).toMatchObject({ mechanism: name, username: 'alice' });
    expect(sasl?.password).toBe('s3cr3t-Pass;"x');
  });

  test('SSL without stores uses the system certificates', async () => {
    expect(await read('security.protocol=SSL')).toEqual({ ssl: true });
  });

  test.each([
    [
      'as files',
      async () => [
        'ssl.truststore.type=PEM',
        `ssl.truststore.location=${fixture('certificate.pem')}`,
        `ssl.keystore.certificate.chain=${await inline('certificate.pem')}`,
        `ssl.keystore.location=${fixture('key.pem')}`,
      ],
    ],
    [
      'in place, the key encrypted',
      async () => [
        `ssl.truststore.certificates=${await inline('certificate.pem')}`,
        `ssl.keystore.certificate.chain=${await inline('certificate.pem')}`,
        `ssl.keystore.key=${await inline('encrypted-key.pem')}`,
        'ssl.key.password=key-pass-4711',
      ],
    ],
  ])('a TLS server that asks for a certificate accepts stores given %s', async (_, lines) => {
    const { ssl } = await read('security.protocol=SSL', 'ssl.enabled.protocols=TLSv1.3', ...(await lines()));
    const [key, cert] = await Promise.all([
      readFile(fixture('key.pem')),
      readFile(fixture('certificate.pem')),
    ]);
    const authorized = Promise.withResolvers<boolean>();
    const server = createServer({ key, cert, ca: cert, requestCert: true }, (socket) => {
      authorized.resolve(socket.authorized);
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = connect({ host: '127.0.0.1', port, ...(ssl as object) });
    socket.on('error', authorized.reject);
    expect(await authorized.promise).toBe(true);
    expect(socket.authorized).toBe(true);
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  test('an empty identification algorithm accepts any host name', async () => {
    const { ssl } = await read('security.protocol=SSL', 'ssl.endpoint.identification.algorithm=');
    expect(ssl).toHaveProperty('checkServerIdentity');
  });

  test.each([
    ['KAFKA_CONFIG_PROPERTY_UNKNOWN', ['sasl.oauthbearer.token.endpoint.url=x']],
    ['KAFKA_CONFIG_PROPERTY_UNKNOWN', ['bootstrap.servers=localhost:9092']],
    ['KAFKA_CONFIG_VALUE_INVALID', ['security.protocol=TLS']],
    ['KAFKA_CONFIG_PROPERTY_MISSING', ['security.protocol=SASL_SSL']],
    ['KAFKA_CONFIG_VALUE_INVALID', ['security.protocol=SASL_SSL', 'sasl.mechanism=GSSAPI']],
    ['KAFKA_CONFIG_PROPERTY_MISSING', ['security.protocol=SASL_SSL', 'sasl.mechanism=PLAIN']],
    ['KAFKA_CONFIG_STORE_UNSUPPORTED', ['security.protocol=SSL', 'ssl.truststore.type=JKS']],
    ['KAFKA_CONFIG_VALUE_INVALID', ['security.protocol=SSL', 'ssl.truststore.location=/nowhere/ca.pem']],
    [
      'KAFKA_CONFIG_STORE_UNSUPPORTED',
      ['security.protocol=SSL', `ssl.truststore.location=${fixture('../index.ts')}`],
    ],
    ['KAFKA_CONFIG_VALUE_INVALID', ['security.protocol=SSL', 'ssl.enabled.protocols=TLSv1.1']],
    ['KAFKA_CONFIG_VALUE_INVALID', ['security.protocol=SSL', 'ssl.endpoint.identification.algorithm=ldap']],
  ])('%s: %j', async (code, lines) => {
    expect((await failure(...lines)).code).toBe(code);
  });

  test('a missing file is named', async () => {
    await expect(readClientConfig('/nowhere/client.properties')).rejects.toMatchObject({
      code: 'KAFKA_CONFIG_UNREADABLE',
      message: expect.stringContaining('/nowhere/client.properties'),
    });
  });
});

describe('secrets', () => {
  const everyForm = (value: unknown): string =>
    [
      JSON.stringify(value),
      String(value),
      inspect(value, { depth: 20, showHidden: true, getters: true }),
      value instanceof Error ? `${value.stack} ${JSON.stringify({ ...value })}` : '',
    ].join('\n');

  test('do not show in a config that is printed', async () => {
    const config = await read(
      'security.protocol=SASL_SSL',
      'sasl.mechanism=PLAIN',
      `sasl.jaas.config=${plain} required username="alice" password="s3cr3t-Pass";`,
      `ssl.keystore.certificate.chain=${await inline('certificate.pem')}`,
      `ssl.keystore.key=${await inline('encrypted-key.pem')}`,
      'ssl.key.password=key-pass-4711',
    );
    const printed = everyForm(config) + everyForm(config.sasl) + everyForm(config.ssl);
    for (const secret of SECRETS) expect(printed).not.toContain(secret);
  });

  test('do not show in any error', async () => {
    const jaas = (rest: string) => [
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=SCRAM-SHA-512',
      `sasl.jaas.config=${rest}`,
    ];
    const key = await inline('key.pem');
    const broken = [
      jaas(`${plain} required username="alice" password="s3cr3t-Pass";`),
      jaas(`${scram} required password="s3cr3t-Pass";`),
      jaas(`${scram} required username="alice" password "s3cr3t-Pass";`),
      [...jaas(`${scram} required`), '  username="alice" password="s3cr3t-Pass";'],
      [...jaas(`${scram} required`), 's3cr3t-Pass'],
      ['security.protocol=s3cr3t-Pass'],
      ['security.protocol=SASL_SSL', 'sasl.mechanism=s3cr3t-Pass'],
      ['sasl.jaas.config.password=s3cr3t-Pass'],
      ['security.protocol=SSL', 'ssl.truststore.type=s3cr3t-Pass'],
      ['security.protocol=SSL', 'ssl.truststore.location=/s3cr3t-Pass'],
      ['security.protocol=SSL', 'ssl.enabled.protocols=s3cr3t-Pass'],
      ['security.protocol=SSL', 'ssl.endpoint.identification.algorithm=s3cr3t-Pass'],
      ['security.protocol=SSL', `ssl.keystore.certificate.chain=${key}`, `ssl.keystore.key=${key}`],
      ['security.protocol=SSL', `ssl.keystore.key=${key.replace('BEGIN', 'END')}`],
      [
        'security.protocol=SSL',
        `ssl.keystore.certificate.chain=${await inline('certificate.pem')}`,
        `ssl.keystore.key=${await inline('encrypted-key.pem')}`,
        'ssl.key.password=wrong-pass-0815',
      ],
    ];
    for (const lines of broken) {
      const printed = everyForm(await failure(...lines));
      for (const secret of SECRETS) expect(printed).not.toContain(secret);
    }
  });
});
