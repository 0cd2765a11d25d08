package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.clock.ManualClock;

/** Flink's BoundedOutOfOrdernessWatermarks, alone and within WatermarksWithIdleness. */
final class GeneratorCases implements Cases {
  private static final Duration CLOCK_START = Duration.ofMillis(1_000);

  record Case(
      String id,
      String source,
      String kind,
      Strategy strategy,
      List<GeneratorStep> steps,
      List<List<Emitted>> expected) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Strategy(long boundedOutOfOrdernessMs, Long idleTimeoutMs) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record GeneratorStep(Long eventTimestampMs, Boolean periodic, Long advanceClockMs) {}

  @Override
  public Object next(String id, Dice dice) {
    String source =
        "Flink "
            + EnvironmentInformation.getVersion()
            + " BoundedOutOfOrdernessWatermarks, WatermarksWithIdleness";
    Long idleTimeoutMs = dice.oneIn(3) ? null : (Long) (long) dice.of(1, 100, 400, 1_000);
    Strategy strategy = new Strategy(dice.of(0, 0, 1, 5, 50, 2_000), idleTimeoutMs);
    List<GeneratorStep> steps = steps(dice, idleTimeoutMs == null ? 100 : (int) (long) idleTimeoutMs);
    return new Case(id, source, "generator", strategy, steps, expected(strategy, steps));
  }

  private static List<GeneratorStep> steps(Dice dice, int idleMs) {
    List<GeneratorStep> steps = new ArrayList<>();
    long timeMs = dice.between(-1_000, 1_000);
    for (int left = dice.between(8, 30); left > 0; left--) {
      int kind = dice.below(10);
      if (kind < 3) {
        timeMs += dice.between(-60, 300);
        steps.add(new GeneratorStep(timeMs, null, null));
      } else if (kind < 7) {
        steps.add(new GeneratorStep(null, true, null));
      } else {
        int advanceMs = dice.of(1, idleMs / 2, idleMs - 1, idleMs, idleMs + 1, 2 * idleMs);
        steps.add(new GeneratorStep(null, null, (long) advanceMs));
      }
    }
    return steps;
  }

  private static List<List<Emitted>> expected(Strategy strategy, List<GeneratorStep> steps) {
    ManualClock clock = new ManualClock(CLOCK_START.toNanos());
    WatermarkGenerator<Object> generator =
        new BoundedOutOfOrdernessWatermarks<>(Duration.ofMillis(strategy.boundedOutOfOrdernessMs));
    if (strategy.idleTimeoutMs != null) {
      Duration idleTimeout = Duration.ofMillis(strategy.idleTimeoutMs);
      generator = new WatermarksWithIdleness<>(generator, idleTimeout, clock);
    }
    RecordingOutput output = new RecordingOutput();
    List<List<Emitted>> expected = new ArrayList<>();
    for (GeneratorStep step : steps) {
      if (step.eventTimestampMs != null) {
        generator.onEvent("event", step.eventTimestampMs, output);
      } else if (step.periodic != null) {
        generator.onPeriodicEmit(output);
      } else {
        clock.advanceTime(Duration.ofMillis(step.advanceClockMs));
      }
      expected.add(output.take());
    }
    return expected;
  }
}
