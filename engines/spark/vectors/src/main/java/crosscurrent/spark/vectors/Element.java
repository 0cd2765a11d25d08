package crosscurrent.spark.vectors;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** An input row. */
record Element(String key, long value, long timestampMs) {
  static final StructType SCHEMA = StructType.fromDDL("key STRING, value BIGINT, timestampMs BIGINT");

  Row row() {
    return RowFactory.create(key, value, timestampMs);
  }
}
