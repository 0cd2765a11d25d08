package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTrackerTest extends SparkTest {
  @ParameterizedTest
  @CsvSource({
    "FLAT_MAP_GROUPS_WITH_STATE, MEMORY",
    "FLAT_MAP_GROUPS_WITH_STATE, ROCKSDB",
    "TRANSFORM_WITH_STATE, ROCKSDB"
  })
  void alertsOnFiveFailuresInARowAlsoAcrossARestart(StatefulOperator operator, StateStore stateStore) throws Exception {
    try (JobOnMemoryStream job = new JobOnMemoryStream(SPARK, new LoginTracker(operator), stateStore, folder)) {
      assertEquals(List.of(), job.batch(failed(3), failed(1), failed(2), failed(4), succeeded(5)));
      assertEquals(List.of(), job.batch(failed(6), failed(7), failed(8)));
      job.restart();
      assertEquals(List.of(alert(6, 10, 1)), job.batch(failed(9), failed(10), failed(11)));
      assertEquals(List.of(alert(11, 15, 2)), job.batch(failed(12), failed(13), failed(14), failed(15)));
    }
  }

  private static String failed(long tsMs) {
    return attempt("FAILED", tsMs);
  }

  private static String succeeded(long tsMs) {
    return attempt("SUCCESS", tsMs);
  }

  private static String attempt(String outcome, long tsMs) {
    return "{\"seq\":0,\"user\":\"u1\",\"outcome\":\"" + outcome + "\",\"tsMs\":" + tsMs + "}";
  }

  private static String alert(long firstTsMs, long lastTsMs, long ordinal) {
    return "u1 {\"user\":\"u1\",\"severity\":\"HIGH\",\"reason\":\"Five failures since "
        + firstTsMs
        + "\",\"firstTsMs\":"
        + firstTsMs
        + ",\"lastTsMs\":"
        + lastTsMs
        + ",\"ordinal\":"
        + ordinal
        + "}";
  }
}
