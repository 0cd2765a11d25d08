package crosscurrent.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.StructType;

/** A workload as a query over decoded records. */
interface Job {
  /** Fields of an input record; one that lacks any of them is broken. */
  StructType inputSchema();

  /** From rows of {@link #inputSchema()} to rows of the output's fields, in the order of the output's JSON. */
  Dataset<Row> results(Dataset<Row> records);

  /** Field of the output that is the key of its Kafka record. */
  String keyField();

  OutputMode outputMode();
}
