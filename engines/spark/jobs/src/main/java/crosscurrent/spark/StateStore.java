package crosscurrent.spark;

/** Where the state of an operator lives between batches. */
enum StateStore {
  /** Spark's default: the heap, with deltas and snapshots as files in the checkpoint folder. */
  MEMORY("HDFSBackedStateStoreProvider"),
  ROCKSDB("RocksDBStateStoreProvider");

  private static final String PACKAGE = "org.apache.spark.sql.execution.streaming.state.";

  private final String provider;

  StateStore(String provider) {
    this.provider = provider;
  }

  String providerClass() {
    return PACKAGE + provider;
  }

  static StateStore named(String name) {
    return switch (name) {
      case "memory" -> MEMORY;
      case "rocksdb" -> ROCKSDB;
      default -> throw new IllegalArgumentException("--state-store is memory or rocksdb, not " + name);
    };
  }
}
