package crosscurrent.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import scala.jdk.javaapi.CollectionConverters;

/** A job behind a memory stream, batch by batch: the same decoding and encoding as with Kafka. */
final class JobOnMemoryStream implements AutoCloseable {
  private final SparkSession spark;
  private final Job job;
  private final Path checkpointFolder;
  private final MemoryStream<byte[]> input;
  private final List<String> output = new ArrayList<>();
  private StreamingQuery query;

  JobOnMemoryStream(SparkSession spark, Job job, StateStore stateStore, Path checkpointFolder)
      throws TimeoutException {
    this.spark = spark;
    this.job = job;
    this.checkpointFolder = checkpointFolder;
    spark.conf().set("spark.sql.streaming.stateStore.providerClass", stateStore.providerClass());
    input = MemoryStream.apply(Encoders.BINARY(), spark);
    query = start();
  }

  /** Runs a batch of these values, with the batch without data that may follow; the new output as "key value", sorted. */
  List<String> batch(String... values) throws StreamingQueryException {
    List<byte[]> bytes = Arrays.stream(values).map(value -> value.getBytes(StandardCharsets.UTF_8)).toList();
    input.addData(CollectionConverters.asScala(bytes).toSeq());
    query.processAllAvailable();
    List<String> fresh = output.stream().sorted().toList();
    output.clear();
    return fresh;
  }

  /** Late rows as Spark counts them: after partial aggregation. */
  long droppedByWatermark() {
    return Arrays.stream(query.recentProgress())
        .flatMap(progress -> Arrays.stream(progress.stateOperators()))
        .mapToLong(operator -> operator.numRowsDroppedByWatermark())
        .sum();
  }

  /** As after a crash between two batches: a new query goes on from the checkpoint. */
  void restart() throws TimeoutException {
    query.stop();
    query = start();
  }

  @Override
  public void close() throws TimeoutException {
    query.stop();
  }

  /** The memory sink goes on from no checkpoint, hence foreachBatch; its thread has written before processAllAvailable returns. */
  private StreamingQuery start() throws TimeoutException {
    Dataset<Row> records = input.toDF().select(lit(null).cast("binary").as("key"), col("value"));
    Dataset<Row> results = job.results(Decoding.decoded(records, job.inputSchema()));
    VoidFunction2<Dataset<Row>, Long> collect =
        (rows, batch) ->
            rows.collectAsList().forEach(row -> output.add(row.getString(0) + " " + row.getString(1)));
    return Decoding.encoded(results, job.keyField())
        .writeStream()
        .foreachBatch(collect)
        .outputMode(job.outputMode())
        .option("checkpointLocation", checkpointFolder.toUri().toString())
        .start();
  }
}
