package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MerchantSpendTest extends SparkTest {
  @Test
  void putsOutTheTotalsThatABatchChangedAndKeepsThemInARestart() throws Exception {
    try (JobOnMemoryStream job =
        new JobOnMemoryStream(SPARK, new MerchantSpend(), StateStore.MEMORY, folder)) {
      assertEquals(
          List.of(
              "m1 {\"merchant\":\"m1\",\"count\":2,\"totalMinor\":350}",
              "m2 {\"merchant\":\"m2\",\"count\":1,\"totalMinor\":7}"),
          job.batch(payment("m1", 100), payment("m2", 7), payment("m1", 250)));
      job.restart();
      assertEquals(
          List.of("m1 {\"merchant\":\"m1\",\"count\":3,\"totalMinor\":351}"), job.batch(payment("m1", 1)));
    }
  }

  @Test
  void leavesBrokenRecordsOut() throws Exception {
    try (JobOnMemoryStream job =
        new JobOnMemoryStream(SPARK, new MerchantSpend(), StateStore.MEMORY, folder)) {
      String whole = payment("m1", 100);
      String[] cuts = {whole.substring(0, whole.length() - 1), whole.substring(0, whole.length() - 3), "{", "", "{}"};
      assertEquals(List.of(), job.batch(cuts));
    }
  }

  private static String payment(String merchant, long amountMinor) {
    return "{\"seq\":0,\"merchant\":\"" + merchant + "\",\"amountMinor\":" + amountMinor + ",\"tsMs\":1767225600000}";
  }
}
