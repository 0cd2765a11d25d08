package crosscurrent.flink.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crosscurrent.flink.login.Login;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
  private static final String LOGIN = "{\"seq\":7,\"user\":\"é\\\"\",\"outcome\":\"FAILED\",\"tsMs\":1767225600000}";

  @Test
  void anEventComesBackAsItsBytes() throws Exception {
    Either<Undecodable, Login> decoded = decode(bytes(LOGIN));
    assertEquals(new Login(7, "é\"", "FAILED", 1767225600000L), decoded.right());
    JsonRecords<Login> records = new JsonRecords<>("output", Login.class, Login::user);
    records.open(null, null);
    ProducerRecord<byte[], byte[]> sent = records.serialize(decoded.right(), null, 5L);
    assertEquals(LOGIN, new String(sent.value(), StandardCharsets.UTF_8));
    assertArrayEquals(bytes("é\""), sent.key());
    assertNull(sent.timestamp());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"seq\":7,\"user\":\"u\",\"outcome\":\"FAILED\",\"tsMs\":17",
        "{\"seq\":7,\"user\":\"u\",\"outcome\":\"FAILED\"}",
        "{\"seq\":7,\"user\":null,\"outcome\":\"FAILED\",\"tsMs\":1}",
        "{\"seq\":\"7\",\"user\":\"u\",\"outcome\":\"FAILED\",\"tsMs\":1}",
        "{\"seq\":7.5,\"user\":\"u\",\"outcome\":\"FAILED\",\"tsMs\":1}",
        "{\"seq\":7,\"user\":7,\"outcome\":\"FAILED\",\"tsMs\":1}",
        "{\"seq\":7,\"user\":\"u\",\"outcome\":\"FAILED\",\"tsMs\":1}}",
        "\0{\0\0",
      })
  void whatIsNotTheExpectedJsonGoesOnUnchanged(String value) throws Exception {
    Undecodable record = decode(bytes(value)).left();
    assertArrayEquals(bytes("key"), record.key());
    assertArrayEquals(bytes(value), record.value());
  }

  @Test
  void aRecordWithoutValueIsUndecodable() throws Exception {
    assertTrue(decode(null).isLeft());
  }

  private static Either<Undecodable, Login> decode(byte[] value) throws Exception {
    JsonDecoder<Login> decoder = new JsonDecoder<>(Login.class);
    decoder.open(null);
    List<Either<Undecodable, Login>> out = new ArrayList<>();
    decoder.deserialize(new ConsumerRecord<>("input", 0, 0, bytes("key"), value), new ListCollector<>(out));
    assertEquals(1, out.size());
    return out.get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
