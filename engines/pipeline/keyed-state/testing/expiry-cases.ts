/*
 * Cases of Apache Flink's tests of state TTL, as data (Apache-2.0, repository apache/flink):
 * flink-runtime/src/test/java/org/apache/flink/runtime/state/ttl/TtlStateTestBase.java and the contexts of the kinds beside it
 * (TtlValueStateTestContext, TtlNonFixedLenElemListStateTestContext, TtlMapStateAllEntriesTestContext, TtlMapStatePerElementTestContext,
 * TtlReducingStateTestContext, TtlAggregatingStateTestContext). Null map values are left out: here null is a value as any other. Merging of
 * namespaces is left out too: declared state has one namespace.
 */
import {
  aggregatingState,
  listState,
  mapState,
  reducingState,
  type StateDeclaration,
  type StateTtl,
  type StateValue,
  valueState,
} from '../../dataflow/index.ts';
import type { StateHandle } from '../declared-state.ts';

/** What is done at an instant, and what a read gives. `first`, `second` and `third` are the kind's updates of those names. */
type ExpiryStep = { readonly atMs: number; readonly key?: string } & (
  | { readonly update: 'first' | 'second' | 'third' }
  | { readonly gives: 'first' | 'second' | 'third' | 'nothing' }
);

export interface ExpiryCase {
  readonly name: string;
  readonly ttl: Omit<StateTtl, 'cleanup'>;
  readonly steps: readonly ExpiryStep[];
}

const TTL = { ttlMs: 100 } as const;

export const EXPIRY_CASES: readonly ExpiryCase[] = [
  { name: 'testNonExistentValue', ttl: TTL, steps: [{ atMs: 0, gives: 'nothing' }] },
  {
    name: 'testExactExpirationOnWrite',
    ttl: TTL,
    steps: [
      { atMs: 0, update: 'first' },
      { atMs: 20, gives: 'first' },
      { atMs: 50, update: 'second' },
      { atMs: 120, gives: 'second' },
      { atMs: 170, update: 'third' },
      { atMs: 220, gives: 'third' },
      { atMs: 300, gives: 'nothing' },
    ],
  },
  {
    name: 'testRelaxedExpirationOnWrite',
    ttl: { ...TTL, visibility: 'returnExpiredIfNotCleanedUp' },
    steps: [
      { atMs: 0, update: 'first' },
      { atMs: 120, gives: 'first' },
      { atMs: 120, gives: 'nothing' },
    ],
  },
  {
    name: 'testExactExpirationOnRead',
    ttl: { ...TTL, update: 'onReadAndWrite' },
    steps: [
      { atMs: 0, update: 'first' },
      { atMs: 50, gives: 'first' },
      { atMs: 120, gives: 'first' },
      { atMs: 250, gives: 'nothing' },
    ],
  },
  {
    name: 'testRelaxedExpirationOnRead',
    ttl: { ...TTL, update: 'onReadAndWrite', visibility: 'returnExpiredIfNotCleanedUp' },
    steps: [
      { atMs: 0, update: 'first' },
      { atMs: 50, gives: 'first' },
      { atMs: 170, gives: 'first' },
      { atMs: 170, gives: 'nothing' },
    ],
  },
  {
    name: 'testExpirationTimestampOverflow',
    ttl: { ttlMs: Number.MAX_SAFE_INTEGER },
    steps: [
      { atMs: 10, update: 'first' },
      { atMs: 50, gives: 'first' },
    ],
  },
  {
    name: 'testMultipleKeys',
    ttl: TTL,
    steps: [
      { atMs: 0, key: 'id2', update: 'first' },
      { atMs: 50, key: 'id1', update: 'first' },
      { atMs: 50, key: 'id2', update: 'second' },
      { atMs: 120, key: 'id1', gives: 'first' },
      { atMs: 120, key: 'id2', gives: 'second' },
      { atMs: 170, key: 'id2', update: 'third' },
      { atMs: 230, key: 'id1', gives: 'nothing' },
      { atMs: 230, key: 'id2', gives: 'third' },
      { atMs: 300, key: 'id1', gives: 'nothing' },
      { atMs: 300, key: 'id2', gives: 'nothing' },
    ],
  },
];

/** A kind of state in Flink's contexts: how it is declared, updated and read. */
export interface ExpiryContext {
  readonly name: string;
  declare(ttl: StateTtl): StateDeclaration;
  update(state: StateHandle, update: StateValue): void;
  read(state: StateHandle): unknown;
  readonly updates: Readonly<Record<'first' | 'second' | 'third', StateValue>>;
  /** What a read gives after each update, in the order of the cases. */
  readonly reads: Readonly<Record<'first' | 'second' | 'third' | 'nothing', unknown>>;
}

/** Handles have the operations of their declaration. */
const as = <Handle>(state: StateHandle): Handle => state as Handle;
type Values = { get(): StateValue | undefined; set(value: StateValue): void };
type Lists = { get(): readonly StateValue[]; addAll(values: readonly StateValue[]): void };
type Maps = {
  get(name: number): StateValue | undefined;
  put(name: number, value: StateValue): void;
  entries(): readonly (readonly [string | number, StateValue])[];
};
type Adding = { get(): StateValue | undefined; add(value: StateValue): void };

const TEXTS = { first: 'test value1', second: 'test value2', third: 'test value3' };
const NUMBERS = { first: 5, second: 7, third: 6 };
const LISTS = { first: ['5', '7', '10'], second: ['8', '9', '11'], third: ['1', '4'] };
const MAPS = {
  first: [
    [3, '3'],
    [5, '5'],
    [10, '10'],
  ],
  second: [
    [12, '12'],
    [7, '7'],
  ],
  third: [
    [15, '15'],
    [4, '4'],
  ],
};

export const EXPIRY_CONTEXTS: readonly ExpiryContext[] = [
  {
    name: 'value',
    declare: (ttl) => valueState(ttl),
    update: (state, value) => as<Values>(state).set(value),
    read: (state) => as<Values>(state).get(),
    updates: TEXTS,
    reads: { ...TEXTS, nothing: undefined },
  },
  {
    name: 'list',
    declare: (ttl) => listState(ttl),
    update: (state, values) => as<Lists>(state).addAll(values as readonly StateValue[]),
    read: (state) => as<Lists>(state).get(),
    updates: LISTS,
    reads: { ...LISTS, nothing: [] },
  },
  {
    name: 'map, all entries',
    declare: (ttl) => mapState(ttl),
    update: (state, entries) => {
      for (const [name, value] of entries as readonly [number, string][]) as<Maps>(state).put(name, value);
    },
    read: (state) => new Map(as<Maps>(state).entries()),
    updates: MAPS,
    reads: {
      first: new Map(MAPS.first as [number, string][]),
      second: new Map(MAPS.second as [number, string][]),
      third: new Map(MAPS.third as [number, string][]),
      nothing: new Map(),
    },
  },
  {
    name: 'map, one entry',
    declare: (ttl) => mapState(ttl),
    update: (state, value) => as<Maps>(state).put(1, value),
    read: (state) => as<Maps>(state).get(1),
    updates: TEXTS,
    reads: { ...TEXTS, nothing: undefined },
  },
  {
    name: 'reducing',
    declare: (ttl) => reducingState<number>((before, added) => before + added, ttl),
    update: (state, value) => as<Adding>(state).add(value),
    read: (state) => as<Adding>(state).get(),
    updates: NUMBERS,
    reads: { first: 5, second: 12, third: 6, nothing: undefined },
  },
  {
    name: 'aggregating',
    declare: (ttl) =>
      aggregatingState<number, number, string>(
        { create: () => 3, add: (before, added) => before + added, result: String },
        ttl,
      ),
    update: (state, value) => as<Adding>(state).add(value),
    read: (state) => as<Adding>(state).get(),
    updates: NUMBERS,
    reads: { first: '8', second: '15', third: '9', nothing: undefined },
  },
];
