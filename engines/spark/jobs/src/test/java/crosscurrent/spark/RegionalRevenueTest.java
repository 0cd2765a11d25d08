package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegionalRevenueTest extends SparkTest {
  private static final long START_MS = 1_767_225_600_000L;
  private static final long WINDOW_MS = 300_000;
  private static final long DELAY_MS = 10_000;

  @Test
  void putsOutAWindowOnceTheWatermarkIsAtItsEndAlsoAfterARestart() throws Exception {
    try (JobOnMemoryStream job =
        new JobOnMemoryStream(SPARK, new RegionalRevenue(), StateStore.MEMORY, folder)) {
      assertEquals(List.of(), job.batch(sale("r", 5, START_MS), sale("r", 7, START_MS + WINDOW_MS - 1)));
      assertEquals(List.of(), job.batch(sale("s", 1, START_MS + WINDOW_MS + DELAY_MS - 1)));
      job.restart();
      assertEquals(
          List.of(
              "r {\"region\":\"r\",\"windowStartMs\":1767225600000,\"windowEndMs\":1767225900000,\"count\":2,\"totalMinor\":12}"),
          job.batch(sale("s", 1, START_MS + WINDOW_MS + DELAY_MS)));
    }
  }

  @Test
  void dropsLateRecordsAndCountsThemAfterPartialAggregation() throws Exception {
    try (JobOnMemoryStream job =
        new JobOnMemoryStream(SPARK, new RegionalRevenue(), StateStore.MEMORY, folder)) {
      assertEquals(List.of(), job.batch(sale("r", 5, -1), sale("r", 5, -2), sale("s", 5, -3)));
      assertEquals(2, job.droppedByWatermark());
    }
  }

  private static String sale(String region, long amountMinor, long eventTimeMs) {
    return "{\"seq\":0,\"region\":\"" + region + "\",\"amountMinor\":" + amountMinor + ",\"eventTimeMs\":" + eventTimeMs + "}";
  }
}
