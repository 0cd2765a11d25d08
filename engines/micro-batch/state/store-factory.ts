import type { StateStoreProvider, ValueCodec } from './state-store.ts';

/** Which of a query's stores: `name` tells those of one operator apart, as the two sides of a join. */
export interface StoreId {
  readonly operator: number;
  readonly partition: number;
  readonly name: string;
}

/** Makes the stores of a query, all by one provider. */
export interface StateStoreFactory {
  create<Value>(id: StoreId, codec: ValueCodec<Value>): StateStoreProvider<Value>;
  /** Ends what the stores share, as a connection. */
  close(): Promise<void>;
}
