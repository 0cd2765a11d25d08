package crosscurrent.spark;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;

/** The streaming queries of a job: its results, and its dead letters. */
final class Queries {
  static final String RESULTS = "results";
  static final String DEAD_LETTERS = "dead-letters";

  private final SparkSession spark;
  private final JobSettings settings;

  Queries(SparkSession spark, JobSettings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /** A query has one sink, so that dead letters need a second query, which reads the input again. */
  void start() throws TimeoutException {
    Job job = settings.job();
    Dataset<Row> results = job.results(Decoding.decoded(input(), job.inputSchema()));
    startQuery(RESULTS, Decoding.encoded(results, job.keyField()), settings.outputTopic(), job.outputMode());
    if (settings.deadLetterTopic().isEmpty()) return;
    Dataset<Row> broken = Decoding.broken(input(), job.inputSchema());
    startQuery(DEAD_LETTERS, broken, settings.deadLetterTopic().get(), OutputMode.Append());
  }

  private Dataset<Row> input() {
    return spark
        .readStream()
        .format("kafka")
        .option("startingOffsets", "earliest")
        .option("kafka.isolation.level", "read_committed")
        .options(settings.sourceOptions())
        .option("kafka.bootstrap.servers", settings.brokers())
        .option("subscribe", settings.inputTopic())
        .load();
  }

  private StreamingQuery startQuery(String name, Dataset<Row> records, String topic, OutputMode mode)
      throws TimeoutException {
    return records
        .writeStream()
        .queryName(name)
        .outputMode(mode)
        .trigger(settings.trigger())
        .option("checkpointLocation", settings.checkpointFolder() + "/" + name)
        .format("kafka")
        .options(settings.sinkOptions())
        .option("kafka.bootstrap.servers", settings.brokers())
        .option("topic", topic)
        .start();
  }
}
