package crosscurrent.flink.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Patterns through Flink's CepOperator, in event time under one key, and those that Flink refuses. */
final class PatternCases implements Cases {
  record Case(
      String id,
      String source,
      PatternChoice pattern,
      List<Event> events,
      long finalWatermarkMs,
      Expected expected) {}

  record Expected(List<JsonNode> matches, List<JsonNode> timedOut) {}

  record RefusedCase(String id, String source, String note, PatternChoice pattern, Refused refused) {}

  record Refused(String exception, String message) {}

  @Override
  public Object next(String id, Dice dice) throws Exception {
    String source = "Flink CEP " + EnvironmentInformation.getVersion();
    PatternChoice choice = PatternChoice.draw(dice);
    List<Event> events = events(dice);
    long lastMs = events.get(events.size() - 1).timestampMs();
    long finalWatermarkMs = lastMs + (dice.oneIn(2) ? 0 : dice.below(40));
    try {
      NFACompiler.compileFactory(choice.pattern(), true);
    } catch (RuntimeException refusal) {
      var refused = new Refused(refusal.getClass().getName(), String.valueOf(refusal.getMessage()));
      return new RefusedCase(id, source, "refused", choice, refused);
    }
    Expected expected = expected(choice, steps(events, finalWatermarkMs, false));
    if (!expected.equals(expected(choice, steps(events, finalWatermarkMs, true)))) {
      throw new IllegalStateException("a watermark after each time gives other matches");
    }
    return new Case(id, source, choice, events, finalWatermarkMs, expected);
  }

  private static List<Event> events(Dice dice) {
    List<Event> events = new ArrayList<>();
    long timeMs = 1;
    for (int id = 1, count = dice.between(4, 12); id <= count; id++) {
      if (!dice.oneIn(4)) timeMs += dice.below(6);
      events.add(new Event(id, dice.of("A", "A", "A", "B", "B", "C", "D"), timeMs));
    }
    return events;
  }

  private static List<Step> steps(List<Event> events, long finalWatermarkMs, boolean afterEachTime) {
    List<Step> steps = new ArrayList<>();
    for (Event event : events) {
      // Events of one time must be there before its watermark.
      if (afterEachTime) steps.add(new Step.Watermark(event.timestampMs() - 1, false));
      steps.add(new Step.Element(event));
    }
    steps.add(new Step.Watermark(finalWatermarkMs, false));
    return steps;
  }

  private static Expected expected(PatternChoice choice, List<Step> steps) throws Exception {
    List<JsonNode> matches = new ArrayList<>();
    List<JsonNode> timedOut = new ArrayList<>();
    for (var output : OperatorRun.run(() -> harness(choice.pattern()), EmitMatches.TIMED_OUT, steps)) {
      for (var match : output.results()) matches.add(Json.tree(match.getValue()));
      for (String match : output.side()) timedOut.add(Json.tree(match));
    }
    return new Expected(matches, timedOut);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Event, String> harness(
      Pattern<Event, ?> pattern) throws Exception {
    var operator =
        new CepOperator<Event, String, String>(
            TypeInformation.of(Event.class)
                .createSerializer(new ExecutionConfig().getSerializerConfig()),
            false,
            NFACompiler.compileFactory(pattern, true),
            null,
            pattern.getAfterMatchSkipStrategy(),
            new EmitMatches(),
            null);
    return new KeyedOneInputStreamOperatorTestHarness<>(operator, event -> "key", Types.STRING);
  }
}
