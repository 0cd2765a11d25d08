package crosscurrent.flink.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class LoginPatternTest {
  @Test
  void fiveFailuresInARowWithinLessThanHalfAMinuteAlert() throws Exception {
    List<Login> logins = new ArrayList<>();
    failures(logins, 0, 29_999, "just-within");
    failures(logins, 0, 30_000, "too-slow");
    failures(logins, 40_000, 40_004, "just-within");
    logins.sort((left, right) -> Long.compare(left.tsMs(), right.tsMs()));
    logins.add(new Login(0, "reset", "FAILED", 50_000));
    logins.add(new Login(0, "reset", "SUCCESS", 50_001));
    for (long ts = 50_002; ts < 50_006; ts++) {
      logins.add(new Login(0, "reset", "FAILED", ts));
    }
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
    var source =
        environment
            .fromData(logins)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Login>forMonotonousTimestamps()
                    .withTimestampAssigner((login, before) -> login.tsMs()));
    assertEquals(
        List.of(Alert.of("just-within", 0, 29_999, 1), Alert.of("just-within", 40_000, 40_004, 2)),
        LoginPattern.alerts(source).executeAndCollect(10));
  }

  /** Four at the start, the fifth at the end. */
  private static void failures(List<Login> logins, long firstMs, long lastMs, String user) {
    for (long ts = firstMs; ts < firstMs + 4; ts++) {
      logins.add(new Login(0, user, "FAILED", ts));
    }
    logins.add(new Login(0, user, "FAILED", lastMs));
  }
}
