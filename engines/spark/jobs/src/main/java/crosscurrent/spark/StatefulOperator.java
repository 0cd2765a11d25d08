package crosscurrent.spark;

/** Spark's two operators for a function per key with state. */
enum StatefulOperator {
  FLAT_MAP_GROUPS_WITH_STATE,
  /** The newer one; it runs on the RocksDB state store only. */
  TRANSFORM_WITH_STATE;

  /** By Spark's own name; the older operator, which runs on every state store, where no name is given. */
  static StatefulOperator named(String name) {
    if (name == null) return FLAT_MAP_GROUPS_WITH_STATE;
    return switch (name) {
      case "flatMapGroupsWithState" -> FLAT_MAP_GROUPS_WITH_STATE;
      case "transformWithState" -> TRANSFORM_WITH_STATE;
      default -> throw new IllegalArgumentException("unknown operator: " + name);
    };
  }
}
