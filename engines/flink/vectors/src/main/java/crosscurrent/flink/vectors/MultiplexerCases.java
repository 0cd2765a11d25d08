package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkOutputMultiplexer;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** The watermarks of a source's partitions through Flink's WatermarkOutputMultiplexer. */
final class MultiplexerCases implements Cases {
  record Case(
      String id,
      String source,
      String kind,
      List<MultiplexerStep> steps,
      List<List<Emitted>> expected) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MultiplexerStep(
      String register,
      String unregister,
      String input,
      String output,
      Long watermarkMs,
      String status,
      Boolean periodic) {
    static final MultiplexerStep PERIODIC =
        new MultiplexerStep(null, null, null, null, null, null, true);

    static MultiplexerStep register(String name) {
      return new MultiplexerStep(name, null, null, null, null, null, null);
    }

    static MultiplexerStep unregister(String name) {
      return new MultiplexerStep(null, name, null, null, null, null, null);
    }

    static MultiplexerStep watermark(String input, String output, long timeMs) {
      return new MultiplexerStep(null, null, input, output, timeMs, null, null);
    }

    static MultiplexerStep idle(String input, String output) {
      return new MultiplexerStep(null, null, input, output, null, "idle", null);
    }
  }

  @Override
  public Object next(String id, Dice dice) {
    String source = "Flink " + EnvironmentInformation.getVersion() + " WatermarkOutputMultiplexer";
    List<MultiplexerStep> steps = steps(dice);
    return new Case(id, source, "multiplexer", steps, expected(steps));
  }

  private static List<MultiplexerStep> steps(Dice dice) {
    List<MultiplexerStep> steps = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, Long> reachedMs = new HashMap<>();
    int registered = 0;
    for (int first = dice.between(1, 4); registered < first; registered++) {
      names.add("p" + registered);
      steps.add(MultiplexerStep.register("p" + registered));
    }
    for (int left = dice.between(8, 24); left > 0; left--) {
      int kind = dice.below(20);
      if (kind < 5) {
        steps.add(MultiplexerStep.PERIODIC);
      } else if (kind == 5 && !names.isEmpty()) {
        steps.add(MultiplexerStep.unregister(names.remove(dice.below(names.size()))));
      } else if (kind == 6) {
        names.add("p" + registered);
        steps.add(MultiplexerStep.register("p" + registered++));
      } else if (!names.isEmpty()) {
        String name = names.get(dice.below(names.size()));
        String output = dice.of("immediate", "deferred");
        long timeMs = reachedMs.merge(name, (long) dice.between(-2, 8), Long::sum);
        steps.add(
            dice.oneIn(5)
                ? MultiplexerStep.idle(name, output)
                : MultiplexerStep.watermark(name, output, timeMs));
      }
    }
    return steps;
  }

  private static List<List<Emitted>> expected(List<MultiplexerStep> steps) {
    RecordingOutput output = new RecordingOutput();
    WatermarkOutputMultiplexer multiplexer = new WatermarkOutputMultiplexer(output);
    List<List<Emitted>> expected = new ArrayList<>();
    for (MultiplexerStep step : steps) {
      if (step.register != null) {
        multiplexer.registerNewOutput(step.register);
      } else if (step.unregister != null) {
        multiplexer.unregisterOutput(step.unregister);
      } else if (step.periodic != null) {
        multiplexer.onPeriodicEmit();
      } else {
        WatermarkOutput partition =
            step.output.equals("immediate")
                ? multiplexer.getImmediateOutput(step.input)
                : multiplexer.getDeferredOutput(step.input);
        if (step.status != null) {
          partition.markIdle();
        } else {
          partition.emitWatermark(new Watermark(step.watermarkMs));
        }
      }
      expected.add(output.take());
    }
    return expected;
  }
}
