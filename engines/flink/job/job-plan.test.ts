import { expect, test } from 'vitest';
import type { Guarantee } from '../../pipeline/index.ts';
import { flinkSettings } from '../settings/index.ts';
import { entryClassOf, submissionOf } from './job-plan.ts';

function argumentsOf(guarantee: Guarantee, given: Parameters<typeof flinkSettings.parse>[0]): string {
  const deployment = {
    dataflow: { module: 'file:///none.ts', export: 'none', options: null },
    topics: { input: 'in', 'dead-letter': 'dead' },
    kafka: { kind: 'kafka' as const, brokers: [] },
    guarantee,
    settings: given,
    group: 'group',
    stateFolder: '/state',
    heapMb: 512,
    brokenInput: true,
  };
  const settings = flinkSettings.parse(given);
  const plan = { deployment, settings, entryClass: 'a.Job', brokers: ['h1:1', 'h2:2'] };
  return submissionOf(plan, 'jar').arguments.join(' ');
}

test('the arguments of a job', () => {
  expect(argumentsOf('at-least-once', {})).toMatchInlineSnapshot(
    `"--brokers h1:1,h2:2 --group group --guarantee at-least-once --topic.input in --topic.dead-letter dead --consumer.fetch.max.wait.ms 500 --consumer.max.partition.fetch.bytes 1048576 --producer.acks -1 --producer.linger.ms 5 --producer.max.in.flight.requests.per.connection 5 --producer.transaction.timeout.ms 60000"`,
  );
});

test('a producer that does not ask for all acknowledgements is not idempotent, but exactly-once always is', () => {
  expect(argumentsOf('at-least-once', { acks: 1 })).toContain(
    '--producer.acks 1 --producer.enable.idempotence false',
  );
  const exactlyOnce = argumentsOf('exactly-once', { acks: 1 });
  expect(exactlyOnce).toContain('--producer.acks -1');
  expect(exactlyOnce).not.toContain('idempotence');
});

test('each workload has its class, and a dataflow of somebody else is refused by name', () => {
  expect(['merchant-spend', 'login-tracker', 'regional-revenue'].map(entryClassOf)).toEqual([
    'crosscurrent.flink.merchant.MerchantSpend',
    'crosscurrent.flink.login.LoginTracker',
    'crosscurrent.flink.region.RegionalRevenue',
  ]);
  expect(() => entryClassOf('mine')).toThrow('There is no Flink job for the dataflow "mine".');
});

test('an unknown setting is refused', () => {
  expect(() => flinkSettings.parse({ slots: 2 })).toThrow(/slots/);
});
