package crosscurrent.flink.region;

import crosscurrent.flink.json.Undecodable;
import crosscurrent.flink.kafka.Topics;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;

/** Revenue of each region in windows of five minutes of event time. */
public final class RegionalRevenue {
  static final OutputTag<Sale> LATE = new OutputTag<>("late") {};

  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration WATERMARK_DELAY = Duration.ofSeconds(10);
  /** Longer than any gap in a run: a reader that stalls must not turn records in time into late ones. */
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
  /** No sale is from before 1970. */
  private static final long FLOOR_MS = 0;

  private RegionalRevenue() {}

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    define(environment, new Topics(arguments));
    environment.execute("regional-revenue");
  }

  public static void define(StreamExecutionEnvironment environment, Topics topics) {
    DataStream<Sale> sales = topics.events(environment, Sale.class, watermarks());
    SingleOutputStreamOperator<Revenue> revenue = revenue(sales);
    topics.results(revenue, Revenue.class, Revenue::region);
    topics.late(revenue.getSideOutput(LATE), Sale.class);
  }

  static SingleOutputStreamOperator<Revenue> revenue(DataStream<Sale> sales) {
    WindowFunction<Totals, Revenue, String, TimeWindow> withWindow =
        (region, window, totals, out) -> {
          for (Totals each : totals) {
            out.collect(new Revenue(region, window.getStart(), window.getEnd(), each.count(), each.totalMinor()));
          }
        };
    DataStream<Sale> sinceFloor =
        sales
            .keyBy(Sale::region)
            .transform("watermark-floor", sales.getType(), new WatermarkFloor<>(FLOOR_MS))
            .uid("watermark-floor");
    // In one task with the windows: a floor of each source would wait for the slowest one to start.
    return DataStreamUtils.reinterpretAsKeyedStream(sinceFloor, Sale::region)
        .window(TumblingEventTimeWindows.of(WINDOW))
        .sideOutputLateData(LATE)
        .aggregate(
            new SumSales(),
            withWindow,
            TypeInformation.of(Totals.class),
            TypeInformation.of(Revenue.class))
        .name("windows")
        .uid("windows");
  }

  static WatermarkStrategy<Either<Undecodable, Sale>> watermarks() {
    return WatermarkStrategy.<Either<Undecodable, Sale>>forBoundedOutOfOrderness(WATERMARK_DELAY)
        .withTimestampAssigner(
            (record, kafkaTimestampMs) -> record.isRight() ? record.right().eventTimeMs() : Long.MIN_VALUE)
        .withIdleness(IDLE_TIMEOUT);
  }
}
