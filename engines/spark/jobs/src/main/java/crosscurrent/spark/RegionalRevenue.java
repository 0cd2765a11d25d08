package crosscurrent.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.window;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.StructType;

/** Revenue of each region in windows of five minutes of event time, put out once, when the watermark closes them. */
final class RegionalRevenue implements Job {
  @Override
  public StructType inputSchema() {
    return StructType.fromDDL(
        "seq BIGINT, region STRING, amountMinor BIGINT, eventTimeMs BIGINT");
  }

  @Override
  public Dataset<Row> results(Dataset<Row> records) {
    return records
        .withColumn("eventTime", timestamp_millis(col("eventTimeMs")))
        .withWatermark("eventTime", "10 seconds")
        .groupBy(window(col("eventTime"), "5 minutes"), col("region"))
        .agg(count(lit(1)).as("count"), sum("amountMinor").as("totalMinor"))
        .select(
            col("region"),
            unix_millis(col("window.start")).as("windowStartMs"),
            unix_millis(col("window.end")).as("windowEndMs"),
            col("count"),
            col("totalMinor"));
  }

  @Override
  public String keyField() {
    return "region";
  }

  @Override
  public OutputMode outputMode() {
    return OutputMode.Append();
  }
}
