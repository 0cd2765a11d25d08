package crosscurrent.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Between Kafka's records (key, value: bytes) and rows of fields. */
final class Decoding {
  /** What is no JSON object of the schema becomes a row of nulls. */
  private static final Map<String, String> PERMISSIVE = Map.of("mode", "PERMISSIVE");

  private Decoding() {}

  /** The rows of the records that hold every field of the schema. */
  static Dataset<Row> decoded(Dataset<Row> kafkaRecords, StructType schema) {
    return parsed(kafkaRecords, schema).where(isWhole(schema)).select(columns(schema.fieldNames()));
  }

  /** The other records, byte for byte. */
  static Dataset<Row> broken(Dataset<Row> kafkaRecords, StructType schema) {
    return parsed(kafkaRecords, schema).where(not(isWhole(schema))).select("key", "value");
  }

  /** Rows as Kafka records: the JSON of their fields in their order, under one of the fields as key. */
  static Dataset<Row> encoded(Dataset<Row> rows, String keyField) {
    return rows.select(col(keyField).as("key"), to_json(struct(columns(rows.columns()))).as("value"));
  }

  /**
   * The record with its fields. `inline` keeps the optimizer from pushing a filter on them below from_json, which would parse each
   * record once for every field that the filter names.
   */
  private static Dataset<Row> parsed(Dataset<Row> kafkaRecords, StructType schema) {
    Column record = from_json(col("value").cast("string"), schema, PERMISSIVE);
    return kafkaRecords.select(col("key"), col("value"), inline(array(record)));
  }

  private static Column isWhole(StructType schema) {
    return Arrays.stream(columns(schema.fieldNames())).map(Column::isNotNull).reduce(Column::and).orElseThrow();
  }

  private static Column[] columns(String[] names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }
}
