package crosscurrent.flink.vectors;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Timers of both times through Flink's KeyedProcessOperator. */
final class TimerCases implements Cases {
  private static final OutputTag<String> NONE = new OutputTag<>("none") {};

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Case(
      String id, String source, RunTimers.Again onTimer, List<Step> steps, List<Expected> expected) {}

  record Expected(List<FiredTimer> fired) {}

  @Override
  public Object next(String id, Dice dice) throws Exception {
    RunTimers.Again again =
        dice.below(10) < 6
            ? null
            : new RunTimers.Again(
                dice.of("eventTime", "eventTime", "processingTime"),
                dice.between(1, 20),
                dice.between(10, 120));
    Scenario<Expected> scenario =
        Scenario.of(
            TimerSteps.draw(dice), new Expected(List.of()), steps -> expected(again, steps));
    String source = "Flink " + EnvironmentInformation.getVersion() + " KeyedProcessOperator";
    return new Case(id, source, again, scenario.steps(), scenario.expected());
  }

  private static List<Expected> expected(RunTimers.Again again, List<Step> steps) throws Exception {
    List<Expected> expected = new ArrayList<>();
    for (var output : OperatorRun.run(() -> harness(again), NONE, steps)) {
      expected.add(new Expected(sorted(output.results())));
    }
    return expected;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TimerElement, FiredTimer> harness(
      RunTimers.Again again) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new RunTimers(again)), TimerElement::key, Types.STRING);
  }

  /** In the order of firing, but by key inside a run of equal times, where Flink promises none. */
  private static List<FiredTimer> sorted(List<StreamRecord<FiredTimer>> results) {
    List<FiredTimer> sorted = new ArrayList<>();
    List<FiredTimer> run = new ArrayList<>();
    for (var result : results) {
      FiredTimer fired = result.getValue();
      if (!run.isEmpty() && run.get(0).timestampMs() != fired.timestampMs()) {
        run.sort(comparing(FiredTimer::key));
        sorted.addAll(run);
        run.clear();
      }
      run.add(fired);
    }
    run.sort(comparing(FiredTimer::key));
    sorted.addAll(run);
    return sorted;
  }
}
