package crosscurrent.flink.region;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RegionalRevenueTest {
  private static final long START = 1_767_225_600_000L;
  private static final long END = START + 300_000;

  @Test
  void aWindowIsHalfOpenAndClosesAtTheMillisecondBeforeItsEnd() throws Exception {
    try (var windows = windows()) {
      windows.open();
      sale(windows, "r", 5, START);
      sale(windows, "r", 7, END - 1);
      sale(windows, "r", 11, END);
      sale(windows, "q", 13, START + 1);
      windows.processWatermark(END - 2);
      assertEquals(List.of(), windows.extractOutputValues());
      windows.processWatermark(END - 1);
      List<Revenue> closed = new ArrayList<>(windows.extractOutputValues());
      closed.sort((left, right) -> left.region().compareTo(right.region()));
      assertEquals(List.of(new Revenue("q", START, END, 1, 13), new Revenue("r", START, END, 2, 12)), closed);
    }
  }

  @Test
  void aSaleOfAClosedWindowIsLate() throws Exception {
    try (var windows = windows()) {
      windows.open();
      windows.processWatermark(END - 1);
      sale(windows, "r", 5, END - 1);
      sale(windows, "r", 7, END);
      assertEquals(
          List.of(new Sale(0, "r", 5, END - 1)),
          windows.getSideOutput(RegionalRevenue.LATE).stream().map(StreamRecord::getValue).toList());
    }
  }

  @Test
  void eventTimeBeginsAtTheFloor() throws Exception {
    try (var floor = new OneInputStreamOperatorTestHarness<Sale, Sale>(new WatermarkFloor<>(0))) {
      floor.open();
      floor.processWatermark(-5);
      floor.processElement(new Sale(0, "r", 5, -7), -7);
      floor.processWatermark(9);
      assertEquals(
          List.of(new Watermark(0), new StreamRecord<>(new Sale(0, "r", 5, -7), -7), new Watermark(9)),
          List.copyOf(floor.getOutput()));
    }
  }

  private static void sale(
      KeyedOneInputStreamOperatorTestHarness<String, Sale, Revenue> windows,
      String region,
      long amountMinor,
      long eventTimeMs)
      throws Exception {
    windows.processElement(new Sale(0, region, amountMinor, eventTimeMs), eventTimeMs);
  }

  /** The window operator as the job builds it. */
  @SuppressWarnings("unchecked")
  private static KeyedOneInputStreamOperatorTestHarness<String, Sale, Revenue> windows() throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Sale> sales = environment.fromSequence(0, 0).map(any -> new Sale(any, "", 0, 0));
    var transformation = (OneInputTransformation<Sale, Revenue>) RegionalRevenue.revenue(sales).getTransformation();
    var operator =
        (OneInputStreamOperator<Sale, Revenue>)
            ((SimpleOperatorFactory<Revenue>) transformation.getOperatorFactory()).getOperator();
    var harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, Sale::region, Types.STRING);
    harness.setup(TypeInformation.of(Revenue.class).createSerializer(environment.getConfig().getSerializerConfig()));
    return harness;
  }
}
