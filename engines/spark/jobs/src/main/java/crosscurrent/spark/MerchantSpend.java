package crosscurrent.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.StructType;

/** Running count and total of each merchant, put out in the batches that change them. */
final class MerchantSpend implements Job {
  @Override
  public StructType inputSchema() {
    return StructType.fromDDL(
        "seq BIGINT, merchant STRING, amountMinor BIGINT, tsMs BIGINT");
  }

  @Override
  public Dataset<Row> results(Dataset<Row> records) {
    return records
        .groupBy("merchant")
        .agg(count(lit(1)).as("count"), sum("amountMinor").as("totalMinor"));
  }

  @Override
  public String keyField() {
    return "merchant";
  }

  @Override
  public OutputMode outputMode() {
    return OutputMode.Update();
  }
}
