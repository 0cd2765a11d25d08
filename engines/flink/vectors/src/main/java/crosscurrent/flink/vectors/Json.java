package crosscurrent.flink.vectors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** JSON of the vectors: a long that no number of JSON holds is a word or text (engines/conformance/golden/README.md). */
final class Json {
  private static final long LARGEST_WHOLE_NUMBER = (1L << 53) - 1;
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(Long.class, new LongSerializer())
                  .addSerializer(long.class, new LongSerializer()));

  private Json() {}

  static String text(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }

  static JsonNode tree(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  private static final class LongSerializer extends JsonSerializer<Long> {
    @Override
    public void serialize(Long value, JsonGenerator json, SerializerProvider provider) throws IOException {
      if (value == Long.MAX_VALUE) {
        json.writeString("max");
      } else if (value == Long.MIN_VALUE) {
        json.writeString("min");
      } else if (Math.abs(value) > LARGEST_WHOLE_NUMBER) {
        json.writeString(value.toString());
      } else {
        json.writeNumber(value);
      }
    }
  }
}
