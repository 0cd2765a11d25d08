package crosscurrent.flink.json;

import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes within the source, so that watermarks are of each partition; what it cannot decode goes on as it came. */
public final class JsonDecoder<T> implements KafkaRecordDeserializationSchema<Either<Undecodable, T>> {
  private final Class<T> type;
  private transient ObjectReader reader;

  public JsonDecoder(Class<T> type) {
    this.type = type;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader = Json.MAPPER.readerFor(type);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Either<Undecodable, T>> out) {
    out.collect(decode(record.key(), record.value()));
  }

  private Either<Undecodable, T> decode(byte[] key, byte[] value) {
    if (value != null) {
      try {
        T event = reader.readValue(value);
        if (event != null) {
          return Either.Right(event);
        }
      } catch (IOException notTheExpectedJson) {
        // The dead-letter output tells of it. Not every such failure is a JsonProcessingException: bytes that look like UTF-32 are none.
      }
    }
    return Either.Left(new Undecodable(key, value));
  }

  @Override
  public TypeInformation<Either<Undecodable, T>> getProducedType() {
    return new EitherTypeInfo<>(TypeInformation.of(Undecodable.class), TypeInformation.of(type));
  }
}
