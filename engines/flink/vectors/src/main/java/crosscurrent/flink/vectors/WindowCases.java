package crosscurrent.flink.vectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.api.windowing.windows.Window;
import org.apache.flink.streaming.runtime.operators.windowing.WindowOperatorBuilder;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Windows through Flink's WindowOperator, with sum and count, and late elements to a side output. */
final class WindowCases implements Cases {
  private static final OutputTag<KeyedValue> LATE =
      new OutputTag<>("late", TypeInformation.of(KeyedValue.class));

  record Case(
      String id,
      String source,
      WindowChoice window,
      TriggerChoice trigger,
      long allowedLatenessMs,
      List<Step> steps,
      List<Expected> expected) {}

  record Expected(List<Firing> results, List<KeyedValue> late) {}

  @Override
  public Object next(String id, Dice dice) throws Exception {
    WindowChoice window = WindowChoice.draw(dice);
    TriggerChoice trigger = TriggerChoice.draw(dice, window);
    int unit = window.unitMs();
    long lateness = dice.oneIn(2) ? 0 : dice.of(1, 2, 3, 5, unit, 2 * unit, unit / 2);
    List<Step> steps = WindowSteps.draw(dice, unit);
    Scenario<Expected> scenario =
        Scenario.of(
            steps,
            new Expected(List.of(), List.of()),
            given -> expected(window, trigger, lateness, given));
    return new Case(
        id,
        "Flink " + EnvironmentInformation.getVersion() + " WindowOperator",
        window,
        trigger,
        lateness,
        scenario.steps(),
        scenario.expected());
  }

  private static List<Expected> expected(
      WindowChoice window, TriggerChoice trigger, long latenessMs, List<Step> steps) throws Exception {
    List<Expected> expected = new ArrayList<>();
    for (var output : OperatorRun.run(() -> harness(window, trigger, latenessMs), LATE, steps)) {
      List<Firing> results =
          output.results().stream()
              .map(each -> each.getValue().emittedAt(each.getTimestamp()))
              .sorted(Firing.ORDER)
              .toList();
      expected.add(new Expected(results, output.side()));
    }
    return expected;
  }

  @SuppressWarnings("unchecked")
  private static KeyedOneInputStreamOperatorTestHarness<String, KeyedValue, Firing> harness(
      WindowChoice window, TriggerChoice trigger, long latenessMs) throws Exception {
    var builder =
        new WindowOperatorBuilder<KeyedValue, String, Window>(
            (WindowAssigner<KeyedValue, Window>) (WindowAssigner<?, ?>) window.assigner(),
            (Trigger<KeyedValue, Window>) (Trigger<?, ?>) trigger.trigger(),
            new ExecutionConfig(),
            TypeInformation.of(KeyedValue.class),
            KeyedValue::key,
            Types.STRING);
    builder.allowedLateness(Duration.ofMillis(latenessMs));
    builder.sideOutputLateData(LATE);
    return new KeyedOneInputStreamOperatorTestHarness<>(
        builder.aggregate(new SumAndCount(), new Fire(), Types.TUPLE(Types.LONG, Types.LONG)),
        KeyedValue::key,
        Types.STRING);
  }

  private static final class Fire
      extends ProcessWindowFunction<Tuple2<Long, Long>, Firing, String, Window> {
    @Override
    public void process(
        String key, Context context, Iterable<Tuple2<Long, Long>> held, Collector<Firing> out) {
      Tuple2<Long, Long> aggregate = held.iterator().next();
      boolean isBounded = context.window() instanceof TimeWindow;
      Long startMs = isBounded ? ((TimeWindow) context.window()).getStart() : null;
      Long endMs = isBounded ? ((TimeWindow) context.window()).getEnd() : null;
      out.collect(new Firing(key, startMs, endMs, aggregate.f0, aggregate.f1, null));
    }
  }
}
