package crosscurrent.spark;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Runs the jobs over a few made-up records, so that the JVM loads their classes: with -XX:ArchiveClassesAtExit it then writes them into
 * an archive, from which the driver's starts load them. It needs no Kafka: one query looks for a broker where none is, the others read
 * from a generator. The one argument is a folder to work in.
 */
public final class Training {
  /** Nobody listens there. */
  private static final String NO_BROKER = "127.0.0.1:1";

  private Training() {}

  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    Path folder = Path.of(arguments[0]);
    JobSettings settings =
        JobSettings.parse(
            new String[] {
              "--workload", "merchant-spend", "--master", "local[2]", "--brokers", NO_BROKER,
              "--input-topic", "in", "--output-topic", "out",
              "--checkpoint-folder", folder.resolve("checkpoint").toString(),
              "--trigger", "0", "--state-store", "memory",
              "--conf", "spark.sql.shuffle.partitions=2",
              "--conf", "spark.local.dir=" + folder.resolve("local")
            });
    SparkSession spark = Session.open(settings);
    spark.streams().addListener(new QueryEvents(new EventLines(System.err, System::nanoTime)));
    new Queries(spark, settings).start();
    startProducer();
    run(spark, new MerchantSpend(), folder.resolve("merchant-spend"));
    run(spark, new RegionalRevenue(), folder.resolve("regional-revenue"));
    run(spark, new LoginTracker(StatefulOperator.FLAT_MAP_GROUPS_WITH_STATE), folder.resolve("login-tracker"));
    for (StreamingQuery query : spark.streams().active()) query.stop();
    spark.stop();
    System.exit(0);
  }

  private static void startProducer() {
    Map<String, Object> configuration = Map.of("bootstrap.servers", NO_BROKER);
    ByteArraySerializer serializer = new ByteArraySerializer();
    new KafkaProducer<>(configuration, serializer, serializer).close();
  }

  private static void run(SparkSession spark, Job job, Path checkpointFolder)
      throws TimeoutException, StreamingQueryException {
    Dataset<Row> records =
        spark
            .readStream()
            .format("rate-micro-batch")
            .option("rowsPerBatch", 10)
            .load()
            .select(lit("key").cast("binary").as("key"), value(job.inputSchema()).cast("binary").as("value"));
    Decoding.encoded(job.results(Decoding.decoded(records, job.inputSchema())), job.keyField())
        .writeStream()
        .outputMode(job.outputMode())
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", checkpointFolder.toString())
        .format("noop")
        .start()
        .awaitTermination();
  }

  /** A record that holds every field. */
  private static Column value(StructType schema) {
    return to_json(struct(Arrays.stream(schema.fields()).map(Training::field).toArray(Column[]::new)));
  }

  private static Column field(StructField field) {
    Column value = field.dataType().equals(DataTypes.StringType) ? lit("any") : lit(1L);
    return value.as(field.name());
  }
}
