package crosscurrent.flink;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crosscurrent.flink.kafka.Topics;
import crosscurrent.flink.login.LoginPattern;
import crosscurrent.flink.login.LoginTracker;
import crosscurrent.flink.merchant.MerchantSpend;
import crosscurrent.flink.region.RegionalRevenue;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsTest {
  private static final String[] ARGUMENTS = {
    "--brokers", "127.0.0.1:9092", "--group", "g", "--guarantee", "exactly-once", "--topic.input", "in",
    "--topic.output", "out", "--topic.dead-letter", "dead", "--topic.late", "late"
  };

  enum Job {
    MERCHANT_SPEND,
    LOGIN_TRACKER,
    LOGIN_PATTERN,
    REGIONAL_REVENUE;

    void define(StreamExecutionEnvironment environment, Topics topics) {
      switch (this) {
        case MERCHANT_SPEND -> MerchantSpend.define(environment, topics);
        case LOGIN_TRACKER -> LoginTracker.define(environment, topics);
        case LOGIN_PATTERN -> LoginPattern.define(environment, topics);
        case REGIONAL_REVENUE -> RegionalRevenue.define(environment, topics);
      }
    }
  }

  /** A savepoint finds its state by the operators' uids; Kryo would be slow, and its bytes are of one version of a class. */
  @ParameterizedTest
  @EnumSource(Job.class)
  void everyOperatorHasAUidAndNoTypeNeedsKryo(Job job) {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(
            new Configuration()
                .set(PipelineOptions.AUTO_GENERATE_UIDS, false)
                .set(PipelineOptions.GENERIC_TYPES, false));
    job.define(environment, new Topics(ARGUMENTS));
    assertTrue(environment.getStreamGraph().getJobGraph().getNumberOfVertices() > 1);
  }

  @Test
  void aGuaranteeThatFlinkDoesNotHaveIsRefusedByName() {
    String[] arguments =
        Stream.of(ARGUMENTS).map(text -> text.equals("exactly-once") ? "at-most-once" : text).toArray(String[]::new);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment();
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class, () -> MerchantSpend.define(environment, new Topics(arguments)));
    assertTrue(refusal.getMessage().contains("not at-most-once"), refusal.getMessage());
  }
}
