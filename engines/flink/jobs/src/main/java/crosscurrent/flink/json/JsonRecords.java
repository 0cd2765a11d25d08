package crosscurrent.flink.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Results as JSON without blanks. Kafka's own partitioner places them by their key, and their timestamp is the wall clock: event time, which
 * the connector's builder would take, lies far from it in a replay.
 */
public final class JsonRecords<T> implements KafkaRecordSerializationSchema<T> {
  private final String topic;
  private final Class<T> type;
  private final SerializableFunction<T, String> key;
  private transient ObjectWriter writer;

  /**
   * @param key of a result, or null for records without a key
   */
  public JsonRecords(String topic, Class<T> type, SerializableFunction<T, String> key) {
    this.topic = topic;
    this.type = type;
    this.key = key;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
    writer = Json.MAPPER.writerFor(type);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(T result, KafkaSinkContext sink, Long timestampMs) {
    byte[] keyBytes = key == null ? null : key.apply(result).getBytes(StandardCharsets.UTF_8);
    try {
      return new ProducerRecord<>(topic, keyBytes, writer.writeValueAsBytes(result));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A record of numbers and texts has no JSON: " + result, impossible);
    }
  }
}
