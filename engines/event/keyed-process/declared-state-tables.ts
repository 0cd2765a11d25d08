import {
  type Key,
  PAGE_CODECS,
  type PageCodec,
  type PageKind,
  type StateTables,
  type Sweeps,
} from '../../pipeline/keyed-state/index.ts';
import { keyGroupOf, type StateBackend, type ValueCodec, VOID_NAMESPACE } from '../state/index.ts';
import { TimerQueue } from '../timer/index.ts';

const HASH_VALUES = 2 ** 31;

/** Declared states in a backend's tables: a page is a namespace of its key, and sweeps are timers, parts of the snapshot like them. */
export function declaredStateTables(state: StateBackend): StateTables {
  return {
    table: (name, kind: PageKind) => state.table(name, valueCodecOf(PAGE_CODECS[kind] as PageCodec<never>)),
    sweeps(name) {
      const timers = new TimerQueue(`sweeps.${name}`, state.maxParallelism, state.keyGroups);
      state.addPart(timers);
      return sweepsOf(timers);
    },
    prefetch: (collect) => state.prefetch(collect),
    // the hash that also gives key groups
    hashOf: (name) => keyGroupOf(name, HASH_VALUES),
  };
}

function sweepsOf(timers: TimerQueue): Sweeps {
  return {
    get firstMs() {
      return timers.firstMs;
    },
    register: (key: Key, timeMs) => timers.register(key, VOID_NAMESPACE, timeMs),
    delete: (key: Key, timeMs) => timers.delete(key, VOID_NAMESPACE, timeMs),
    fireUpTo: (timeMs, sweep) => timers.fireUpTo(timeMs, (key) => sweep(key)),
    forEachDue: (timeMs, visit) => timers.forEachDue(timeMs, (key) => visit(key)),
  };
}

function valueCodecOf<Page>({ copy, toJson, fromJson }: PageCodec<Page>): ValueCodec<Page> {
  return {
    copy,
    write: (page, writer) => writer.text(JSON.stringify(toJson(page))),
    read: (reader) => fromJson(JSON.parse(reader.text())),
  };
}
