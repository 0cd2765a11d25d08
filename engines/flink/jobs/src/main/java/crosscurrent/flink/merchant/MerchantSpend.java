package crosscurrent.flink.merchant;

import crosscurrent.flink.kafka.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Running count and total of each merchant, put out with every payment. */
public final class MerchantSpend {
  private MerchantSpend() {}

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    define(environment, new Topics(arguments));
    environment.execute("merchant-spend");
  }

  public static void define(StreamExecutionEnvironment environment, Topics topics) {
    DataStream<Payment> payments = topics.events(environment, Payment.class, WatermarkStrategy.noWatermarks());
    topics.results(totals(payments), Spend.class, Spend::merchant);
  }

  static DataStream<Spend> totals(DataStream<Payment> payments) {
    return payments
        .map(Spend::of)
        .name("payment")
        .uid("payment")
        .keyBy(Spend::merchant)
        .reduce(Spend::plus)
        .name("totals")
        .uid("totals");
  }
}
