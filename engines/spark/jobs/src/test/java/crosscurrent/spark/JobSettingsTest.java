package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSettingsTest {
  private static final String[] WHOLE = {
    "--workload", "merchant-spend", "--master", "local[2]", "--brokers", "127.0.0.1:9092", "--input-topic", "in",
    "--output-topic", "out", "--checkpoint-folder", "/tmp/c", "--trigger", "500", "--state-store", "memory"
  };

  @Test
  void passesOptionsOn() {
    JobSettings settings =
        JobSettings.parse(with("--sink", "kafka.linger.ms=5", "--sink", "kafka.acks=1", "--conf", "a=b=c"));
    assertEquals(Map.of("kafka.linger.ms", "5", "kafka.acks", "1"), settings.sinkOptions());
    assertEquals(Map.of("a", "b=c"), settings.sparkConf());
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, 1, unknown option --nonsense",
    "--trigger, 100, --trigger is given twice",
    "--operator, transformWithState, --operator is for login-tracker only",
    "--conf, nothing, '--conf takes key=value, not nothing'"
  })
  void refusesByName(String name, String value, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> JobSettings.parse(with(name, value))).getMessage());
  }

  private static String[] with(String... more) {
    return Stream.of(WHOLE, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
