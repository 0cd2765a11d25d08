import { once } from 'node:events';
import { Command } from 'commander';
import { addBrokerOptions, type BrokerOptions, openNamedBroker } from '../broker-options.ts';
import { interruptible } from '../interruption.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ npx crosscurrent broker                      # embedded Apache Kafka; prints its address
  $ npx crosscurrent run --broker 127.0.0.1:PORT # in another terminal`;

/** Keeps a broker up until Ctrl-C. */
export function brokerCommand(terminal: Terminal): Command {
  const command = new Command('broker').description('Starts a broker on loopback and keeps it until Ctrl-C.');
  return addBrokerOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (options: BrokerOptions) => {
      await interruptible(terminal, async (signal) => {
        const broker = await openNamedBroker(options, terminal);
        try {
          const { connection } = broker;
          const address =
            connection.kind === 'kafka'
              ? connection.brokers.join(',')
              : `${connection.host}:${connection.port}`;
          terminal.result(`${address}\n`);
          await untilAborted(signal);
        } finally {
          await broker.stop();
        }
      });
    });
}

/** Keeps this process alive meanwhile, which waiting for a signal alone does not. */
async function untilAborted(signal: AbortSignal): Promise<void> {
  const alive = setInterval(() => {}, 60_000);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    clearInterval(alive);
  }
}
