import type { StateValue } from './keyed-process.ts';

/**
 * State that expires (Flink's StateTtlConfig). The time of a value, of each element of a list and of each entry of a map is the engine's
 * processing time of its last use; what is `ttlMs` old has expired. Times are part of snapshots.
 */
export interface StateTtl {
  readonly ttlMs: number;
  /** What counts as use: making and writing (the default), or reading too. */
  readonly update?: 'onCreateAndWrite' | 'onReadAndWrite';
  /** `returnExpiredIfNotCleanedUp`: a read may still find what has expired, once. Default `neverReturnExpired`. */
  readonly visibility?: 'neverReturnExpired' | 'returnExpiredIfNotCleanedUp';
  /**
   * `background` (the default) also removes what nobody reads again, by one timer a key and state, which the function does not see; the state of
   * a silent key returns to nothing. `onAccess` removes it when it is read.
   */
  readonly cleanup?: 'background' | 'onAccess';
}

interface Declared {
  readonly ttl?: StateTtl;
}

/** Holds the types of what a declaration's state holds; there is no such property. */
declare const HOLDS: unique symbol;

export interface ValueStateDeclaration<Value extends StateValue = StateValue> extends Declared {
  readonly kind: 'value';
  readonly [HOLDS]?: Value;
}

export interface ListStateDeclaration<Element extends StateValue = StateValue> extends Declared {
  readonly kind: 'list';
  readonly [HOLDS]?: Element;
}

export interface MapStateDeclaration<Value extends StateValue = StateValue> extends Declared {
  readonly kind: 'map';
  readonly [HOLDS]?: Value;
}

/** Values of one type, reduced to one as they are added. */
export interface ReducingStateDeclaration<Value extends StateValue = StateValue> extends Declared {
  readonly kind: 'reducing';
  /** Pure. */
  reduce(before: Value, added: Value): Value;
}

/** Values of one type, folded into an accumulator of another as they are added. The functions are pure: they give a new accumulator. */
export interface AggregatingStateDeclaration<
  Added extends StateValue = StateValue,
  Accumulator extends StateValue = StateValue,
  Result extends StateValue = StateValue,
> extends Declared {
  readonly kind: 'aggregating';
  create(): Accumulator;
  add(accumulator: Accumulator, added: Added): Accumulator;
  result(accumulator: Accumulator): Result;
}

export type StateDeclaration =
  | ValueStateDeclaration
  | ListStateDeclaration
  | MapStateDeclaration
  | ReducingStateDeclaration
  | AggregatingStateDeclaration;

/** The states of a keyed function by name. */
export type StateDeclarations = Readonly<Record<string, StateDeclaration>>;

/** One value of the key under way (Flink's ValueState). */
export interface ValueState<Value extends StateValue> {
  /** Undefined if there is none. */
  get(): Value | undefined;
  set(value: Value): void;
  clear(): void;
}

/** A list of the key under way, in the order of adding (Flink's ListState). */
export interface ListState<Element extends StateValue> {
  /** The elements as they are now; empty if there are none. */
  get(): readonly Element[];
  add(element: Element): void;
  addAll(elements: readonly Element[]): void;
  /** Replaces the list. */
  update(elements: readonly Element[]): void;
  clear(): void;
}

/** A map of the key under way (Flink's MapState). Names 1 and '1' are two names. */
export interface MapState<Value extends StateValue> {
  get(name: string | number): Value | undefined;
  has(name: string | number): boolean;
  put(name: string | number, value: Value): void;
  remove(name: string | number): void;
  /** The entries as they are now, in no order of names; the same after a restart. */
  entries(): readonly (readonly [name: string | number, value: Value])[];
  isEmpty(): boolean;
  clear(): void;
}

/** What was added under the key under way, reduced (Flink's ReducingState). */
export interface ReducingState<Value extends StateValue> {
  /** Undefined if nothing was added. */
  get(): Value | undefined;
  add(value: Value): void;
  clear(): void;
}

/** What was added under the key under way, aggregated (Flink's AggregatingState). */
export interface AggregatingState<Added extends StateValue, Result extends StateValue> {
  /** Undefined if nothing was added. */
  get(): Result | undefined;
  add(value: Added): void;
  clear(): void;
}

/** The state that a declaration gives. */
type StateOf<Declaration extends StateDeclaration> =
  Declaration extends AggregatingStateDeclaration<infer Added, infer _Accumulator, infer Result>
    ? AggregatingState<Added, Result>
    : Declaration extends ReducingStateDeclaration<infer Value>
      ? ReducingState<Value>
      : Declaration extends ValueStateDeclaration<infer Value>
        ? ValueState<Value>
        : Declaration extends ListStateDeclaration<infer Element>
          ? ListState<Element>
          : Declaration extends MapStateDeclaration<infer Value>
            ? MapState<Value>
            : never;

/** The states that a function finds in its context, by name. */
export type StatesOf<Declarations extends StateDeclarations> = {
  readonly [Name in keyof Declarations]: StateOf<Declarations[Name]>;
};

/** One value a key. */
export const valueState = <Value extends StateValue>(ttl?: StateTtl): ValueStateDeclaration<Value> => ({
  kind: 'value',
  ...(ttl && { ttl }),
});

/** A list a key. */
export const listState = <Element extends StateValue>(ttl?: StateTtl): ListStateDeclaration<Element> => ({
  kind: 'list',
  ...(ttl && { ttl }),
});

/** A map a key. */
export const mapState = <Value extends StateValue>(ttl?: StateTtl): MapStateDeclaration<Value> => ({
  kind: 'map',
  ...(ttl && { ttl }),
});

/** One value a key, into which what is added is reduced. */
export const reducingState = <Value extends StateValue>(
  reduce: (before: Value, added: Value) => Value,
  ttl?: StateTtl,
): ReducingStateDeclaration<Value> => ({ kind: 'reducing', reduce, ...(ttl && { ttl }) });

/** One accumulator a key, into which what is added is folded. */
export const aggregatingState = <
  Added extends StateValue,
  Accumulator extends StateValue,
  Result extends StateValue,
>(
  functions: Pick<AggregatingStateDeclaration<Added, Accumulator, Result>, 'create' | 'add' | 'result'>,
  ttl?: StateTtl,
): AggregatingStateDeclaration<Added, Accumulator, Result> => ({
  kind: 'aggregating',
  ...functions,
  ...(ttl && { ttl }),
});
