import { createConnection } from 'node:net';
import { sparkErrors } from '../errors.ts';

const LIMIT_MS = 5_000;

/** The hosts of `spark://HOST:PORT,HOST:PORT`. @throws SPARK_MASTER_INVALID */
export function masterAddresses(master: string): readonly MasterAddress[] {
  return master
    .replace('spark://', '')
    .split(',')
    .map((address) => {
      const [, host = '', port = ''] = /^(\[[^\]]+\]|[^:/\s[\]]+):(\d{1,5})$/.exec(address) ?? [];
      if (host !== '' && Number(port) > 0 && Number(port) < 65_536)
        return { address, host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
      throw sparkErrors.error('SPARK_MASTER_INVALID', { master, reason: `"${address}" is no HOST:PORT` });
    });
}

/**
 * Resolves when one of the hosts of `spark://HOST:PORT,HOST:PORT` takes a connection. Spark's driver would look for a minute, and then say that
 * its context is stopped.
 *
 * @throws SPARK_MASTER_INVALID, SPARK_MASTER_UNREACHABLE
 */
export async function reachMaster(master: string): Promise<void> {
  await Promise.any(masterAddresses(master).map(connects)).catch((failure: AggregateError) => {
    const reason = failure.errors.map(({ message }: Error) => message).join('; ');
    throw sparkErrors.error('SPARK_MASTER_UNREACHABLE', { master, reason });
  });
}

interface MasterAddress {
  readonly address: string;
  readonly host: string;
  readonly port: number;
}

function connects({ address, host, port }: MasterAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`${address} does not answer`)));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
