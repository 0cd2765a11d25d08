import { createConnection } from 'node:net';
import { sparkErrors } from '../errors.ts';

const LIMIT_MS = 5_000;

/**
 * Resolves when one of the hosts of `spark://HOST:PORT,HOST:PORT` takes a connection. Spark's driver would look for a minute, and then say that
 * its context is stopped.
 *
 * @throws SPARK_MASTER_UNREACHABLE
 */
export async function reachMaster(master: string): Promise<void> {
  const addresses = master.replace('spark://', '').split(',');
  await Promise.any(addresses.map(connects)).catch((failure: AggregateError) => {
    const reason = failure.errors.map(({ message }: Error) => message).join('; ');
    throw sparkErrors.error('SPARK_MASTER_UNREACHABLE', { master, reason });
  });
}

function connects(address: string): Promise<void> {
  const { hostname: host, port } = new URL(`tcp://${address}`);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port: Number(port || 7077) });
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`${address} does not answer`)));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
