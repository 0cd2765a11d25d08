import type { Command } from 'commander';
import { type OpenBroker, openBroker } from '../../kafka/index.ts';
import type { Terminal } from './terminal.ts';

export interface BrokerOptions {
  readonly broker?: string;
  readonly brokers?: string;
  readonly clientConfig?: string;
}

export function addBrokerOptions(command: Command): Command {
  return command
    .option(
      '--broker <where>',
      'embedded (Apache Kafka, started here), compose (docker compose), log (in memory, no Kafka), or HOST:PORT,...',
    )
    .option('--brokers <addresses>', 'an existing cluster: HOST:PORT,... (same as --broker HOST:PORT,...)')
    .option(
      '--client-config <file>',
      "client properties for an existing cluster, Kafka's own names (TLS, SASL)",
    );
}

/** Opens the broker that the options name and says on stderr which it is. */
export async function openNamedBroker(options: BrokerOptions, terminal: Terminal): Promise<OpenBroker> {
  const choice = options.broker ?? options.brokers;
  const broker = await openBroker({
    ...(choice === undefined ? {} : { choice }),
    ...(options.clientConfig === undefined ? {} : { clientConfigFile: options.clientConfig }),
    onProgress: terminal.progress,
  });
  terminal.progress(
    `broker: ${broker.description}${broker.comparable ? '' : ' (not comparable with Kafka runs)'}`,
  );
  return broker;
}
