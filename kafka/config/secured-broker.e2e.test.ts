import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedBroker } from '../broker/index.ts';
import { connect } from '../connect.ts';
import type { BrokerConnection } from '../port/index.ts';

const PASSWORD = 'c0rrect-h0rse';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosscurrent-secured-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function connectionWith(
  address: string | undefined,
  mechanism: string,
  module: string,
  password: string,
): Promise<BrokerConnection> {
  const clientConfigFile = join(folder, 'client.properties');
  const login = `org.apache.kafka.common.security.${module} required username="alice" password="${password}";`;
  await writeFile(
    clientConfigFile,
    `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=${mechanism}\nsasl.jaas.config=${login}\n`,
  );
  return { kind: 'kafka', brokers: [address as string], clientConfigFile };
}

describe.each([
  ['PLAIN', 'plain.PlainLoginModule'],
  ['SCRAM-SHA-512', 'scram.ScramLoginModule'],
] as const)('a broker that asks for a login by %s', (mechanism, module) => {
  test('accepts the one of the client properties file and refuses another without showing it', async () => {
    const broker = await startEmbeddedBroker({ sasl: { mechanism, username: 'alice', password: PASSWORD } });
    try {
      const client = await connect(await connectionWith(broker.saslAddress, mechanism, module, PASSWORD));
      await client.admin.createTopics([{ topic: 'secured', partitions: 1 }]);
      const producer = await client.createProducer({ acks: -1, lingerMs: 0, maxInFlight: 1 });
      producer.append({ topic: 'secured', partition: 0, key: null, value: 'hello' });
      await producer.flush();
      expect(await client.admin.endOffsets('secured', 'read-committed')).toEqual([1]);
      await client.close();

      const wrong = await connectionWith(broker.saslAddress, mechanism, module, 'wr0ng-h0rse');
      const failure: unknown = await connect(wrong).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'KAFKA_AUTHENTICATION_FAILED' });
      expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain('h0rse');
    } finally {
      await broker.stop();
    }
  });
});
