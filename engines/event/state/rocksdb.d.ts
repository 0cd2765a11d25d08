/** What is used here of rocksdb-native 3.18, which comes without types (installed under the name `rocksdb`). */
declare module 'rocksdb' {
  export interface Range {
    readonly gte?: Buffer;
    readonly lt?: Buffer;
  }

  export interface ReadBatch {
    /** Null if the key is absent. Settles after `flush`. */
    get(key: Buffer): Promise<Buffer | null>;
    flush(): Promise<void>;
    destroy(): void;
  }

  export interface WriteBatch {
    tryPut(key: Buffer, value: Buffer): void;
    tryDelete(key: Buffer): void;
    flush(): Promise<void>;
    destroy(): void;
  }

  class RocksDB {
    constructor(path: string, options?: Record<string, unknown>);
    ready(): Promise<void>;
    /** `capacity`: number of operations for which room is made at once. */
    read(options?: { readonly capacity?: number }): ReadBatch;
    write(options?: { readonly capacity?: number }): WriteBatch;
    /** A session that reads the content of this instant until it is closed. */
    snapshot(): RocksDB;
    /** `capacity`: number of entries fetched at once. In ascending order of the keys' bytes. */
    iterator(
      range: Range,
      options?: { readonly capacity?: number },
    ): AsyncIterable<{ key: Buffer; value: Buffer }>;
    close(options?: { readonly force?: boolean }): Promise<void>;
  }

  // biome-ignore lint/style/noDefaultExport: the module has this export only
  export default RocksDB;
}
