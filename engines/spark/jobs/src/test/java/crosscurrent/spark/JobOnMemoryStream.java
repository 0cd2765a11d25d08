package crosscurrent.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import scala.jdk.javaapi.CollectionConverters;

/** A job between a memory stream and a memory sink, batch by batch: the same decoding and encoding as with Kafka. */
final class JobOnMemoryStream implements AutoCloseable {
  private final SparkSession spark;
  private final MemoryStream<byte[]> input;
  private final StreamingQuery query;
  private int seen;

  JobOnMemoryStream(SparkSession spark, Job job, StateStore stateStore, Path checkpointFolder)
      throws TimeoutException {
    this.spark = spark;
    spark.conf().set("spark.sql.streaming.stateStore.providerClass", stateStore.providerClass());
    input = MemoryStream.apply(Encoders.BINARY(), spark);
    Dataset<Row> records = input.toDF().select(lit(null).cast("binary").as("key"), col("value"));
    Dataset<Row> results = job.results(Decoding.decoded(records, job.inputSchema()));
    query =
        Decoding.encoded(results, job.keyField())
            .writeStream()
            .format("memory")
            .queryName("results")
            .outputMode(job.outputMode())
            .option("checkpointLocation", checkpointFolder.toUri().toString())
            .start();
  }

  /** Runs a batch of these values, with the batch without data that may follow; the new output as "key value", sorted. */
  List<String> batch(String... values) throws StreamingQueryException {
    List<byte[]> bytes = List.of(values).stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    input.addData(CollectionConverters.asScala(bytes).toSeq());
    query.processAllAvailable();
    List<String> all =
        spark.table("results").collectAsList().stream().map(row -> row.getString(0) + " " + row.getString(1)).toList();
    List<String> fresh = all.subList(seen, all.size()).stream().sorted().toList();
    seen = all.size();
    return fresh;
  }

  /** Late rows as Spark counts them: after partial aggregation. */
  long droppedByWatermark() {
    return List.of(query.recentProgress()).stream()
        .flatMap(progress -> List.of(progress.stateOperators()).stream())
        .mapToLong(operator -> operator.numRowsDroppedByWatermark())
        .sum();
  }

  @Override
  public void close() throws TimeoutException {
    query.stop();
  }
}
