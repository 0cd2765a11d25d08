package crosscurrent.flink.kafka;

import crosscurrent.flink.json.JsonDecoder;
import crosscurrent.flink.json.JsonRecords;
import crosscurrent.flink.json.SplitUndecodable;
import crosscurrent.flink.json.Undecodable;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.flink.util.ParameterTool;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topics of a job, by its arguments:
 *
 * <ul>
 *   <li>{@code --brokers HOST:PORT,...}, {@code --group NAME}: the group of the committed offsets, and the prefix of transactional ids
 *   <li>{@code --topic.input}, {@code --topic.output}, {@code --topic.dead-letter}, {@code --topic.late}: names of topics
 *   <li>{@code --guarantee at-least-once|exactly-once}
 *   <li>{@code --consumer.*}, {@code --producer.*}: properties of Kafka's clients, as they are
 * </ul>
 */
public final class Topics {
  /** Default of the broker's transaction.max.timeout.ms. The connector would ask for an hour, and be refused. */
  private static final String BROKERS_LONGEST_TRANSACTION_MS = "900000";

  private final ParameterTool arguments;

  public Topics(String... arguments) {
    this.arguments = ParameterTool.fromArgs(arguments);
  }

  /** The events of the input, from its beginning; undecodable records go to the dead-letter topic. */
  public <T> SingleOutputStreamOperator<T> events(
      StreamExecutionEnvironment environment, Class<T> type, WatermarkStrategy<Either<Undecodable, T>> watermarks) {
    KafkaSource<Either<Undecodable, T>> source =
        KafkaSource.<Either<Undecodable, T>>builder()
            .setProperties(properties("consumer."))
            .setBootstrapServers(arguments.getRequired("brokers"))
            .setGroupId(arguments.getRequired("group"))
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setTopics(topic("input"))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new JsonDecoder<>(type))
            .build();
    SingleOutputStreamOperator<T> events =
        environment
            .fromSource(source, watermarks, "input")
            .uid("input")
            .process(new SplitUndecodable<T>())
            .returns(type)
            .name("decode")
            .uid("decode");
    String deadLetters = topic("dead-letter");
    events
        .getSideOutput(SplitUndecodable.UNDECODABLE)
        .sinkTo(
            sink(
                "dead-letter",
                (record, sink, timestampMs) -> new ProducerRecord<>(deadLetters, record.key(), record.value())))
        .name("dead-letter")
        .uid("dead-letter");
    return events;
  }

  /** Sends results as JSON, keyed as their input was. */
  public <T> void results(DataStream<T> results, Class<T> type, SerializableFunction<T, String> key) {
    results
        .sinkTo(sink("output", new JsonRecords<>(topic("output"), type, key)))
        .name("output")
        .uid("output");
  }

  /** Sends late events as JSON, without a key. */
  public <T> void late(DataStream<T> events, Class<T> type) {
    events.sinkTo(sink("late", new JsonRecords<>(topic("late"), type, null))).name("late").uid("late");
  }

  private <T> KafkaSink<T> sink(String output, KafkaRecordSerializationSchema<T> records) {
    return KafkaSink.<T>builder()
        .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, BROKERS_LONGEST_TRANSACTION_MS)
        .setKafkaProducerConfig(properties("producer."))
        .setBootstrapServers(arguments.getRequired("brokers"))
        .setDeliveryGuarantee(guarantee())
        .setTransactionalIdPrefix(arguments.getRequired("group") + "-" + output)
        .setRecordSerializer(records)
        .build();
  }

  private DeliveryGuarantee guarantee() {
    String name = arguments.getRequired("guarantee");
    return switch (name) {
      case "at-least-once" -> DeliveryGuarantee.AT_LEAST_ONCE;
      case "exactly-once" -> DeliveryGuarantee.EXACTLY_ONCE;
      default -> throw new IllegalArgumentException("--guarantee is at-least-once or exactly-once, not " + name);
    };
  }

  private String topic(String name) {
    return arguments.getRequired("topic." + name);
  }

  private Properties properties(String prefix) {
    Properties properties = new Properties();
    arguments.toMap().forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            properties.setProperty(name.substring(prefix.length()), value);
          }
        });
    return properties;
  }
}
