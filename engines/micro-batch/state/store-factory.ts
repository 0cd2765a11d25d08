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

/** Folder of a store's files: `state/<operator>/<partition>`, as Spark lays them out; with a name, a folder of that name in it. */
export function storeFolder({ operator, partition, name }: StoreId): string {
  return `state/${operator}/${partition}${name === 'default' ? '' : `/${name}`}`;
}
