import type { Cell } from '../../model/index.ts';
import { settingOf } from '../lookup.ts';

/** Where a micro-batch engine keeps its state, and how it asks for it. */
export type StatePlace = 'memory' | 'RocksDB' | 'Redis, key by key' | 'Redis, a batch together';

/** By the settings of either micro-batch engine; null where they name no place. */
export function statePlaceOf(sheet: Pick<Cell, 'settings'>): StatePlace | null {
  const provider = settingOf(sheet, 'stateProvider') ?? settingOf(sheet, 'stateStore');
  if (provider === 'memory') return 'memory';
  if (provider === 'rocksdb') return 'RocksDB';
  if (provider?.startsWith('redis') !== true) return null;
  return settingOf(sheet, 'redisCrossings') === 'each-key' ? 'Redis, key by key' : 'Redis, a batch together';
}
