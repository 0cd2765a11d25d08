import type {
  AggregatingState,
  AggregatingStateDeclaration,
  ReducingState,
  ReducingStateDeclaration,
  StateValue,
  ValueState,
} from '../dataflow/index.ts';
import type { ValueCell } from './value-cell.ts';

export class CellValueState implements ValueState<StateValue> {
  readonly #cell: ValueCell;

  constructor(cell: ValueCell) {
    this.#cell = cell;
  }

  get(): StateValue | undefined {
    return this.#cell.read();
  }

  set(value: StateValue): void {
    this.#cell.write(value);
  }

  clear(): void {
    this.#cell.clear();
  }
}

/** With expiry: what is added to a value that has expired replaces it (Flink's TtlReduceFunction). */
export class CellReducingState implements ReducingState<StateValue> {
  readonly #cell: ValueCell;
  readonly #declaration: ReducingStateDeclaration;

  constructor(cell: ValueCell, declaration: ReducingStateDeclaration) {
    this.#cell = cell;
    this.#declaration = declaration;
  }

  get(): StateValue | undefined {
    return this.#cell.read();
  }

  add(value: StateValue): void {
    const before = this.#cell.readForUpdate();
    this.#cell.write(before === undefined ? value : this.#declaration.reduce(before, value));
  }

  clear(): void {
    this.#cell.clear();
  }
}

/** With expiry: what is added to an accumulator that has expired starts a new one (Flink's TtlAggregateFunction). */
export class CellAggregatingState implements AggregatingState<StateValue, StateValue> {
  readonly #cell: ValueCell;
  readonly #declaration: AggregatingStateDeclaration;

  constructor(cell: ValueCell, declaration: AggregatingStateDeclaration) {
    this.#cell = cell;
    this.#declaration = declaration;
  }

  get(): StateValue | undefined {
    const accumulator = this.#cell.read();
    return accumulator === undefined ? undefined : this.#declaration.result(accumulator);
  }

  add(value: StateValue): void {
    const before = this.#cell.readForUpdate() ?? this.#declaration.create();
    this.#cell.write(this.#declaration.add(before, value));
  }

  clear(): void {
    this.#cell.clear();
  }
}
