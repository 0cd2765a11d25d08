package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** A pattern as the vectors write it, and Flink's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PatternChoice(List<Stage> stages, Long withinMs, String skip) {

  record Stage(String name, String contiguity, String type, QuantifierChoice quantifier) {}

  static PatternChoice draw(Dice dice) {
    int length = dice.between(1, 4);
    List<Stage> stages = new ArrayList<>();
    for (int number = 1; number <= length; number++) stages.add(stage(dice, number));
    Long withinMs = dice.oneIn(2) ? null : (Long) (long) dice.of(0, 1, 2, 3, 5, 8, 10, 15, 30);
    String skip =
        dice.of("noSkip", "noSkip", "skipToNext", "skipPastLastEvent", "skipToFirst:", "skipToLast:");
    // Now and then to a stage that is not there.
    if (skip.endsWith(":")) skip += "s" + dice.between(1, dice.oneIn(10) ? length + 1 : length);
    return new PatternChoice(stages, withinMs, skip);
  }

  private static Stage stage(Dice dice, int number) {
    String contiguity =
        number == 1
            ? "begin"
            : dice.of(
                "next", "next", "followedBy", "followedBy", "followedBy", "followedByAny",
                "followedByAny", "notNext", "notFollowedBy");
    QuantifierChoice quantifier =
        contiguity.startsWith("not") && !dice.oneIn(10)
            ? QuantifierChoice.ONE
            : QuantifierChoice.draw(dice);
    // Names are unique, or Flink refuses the pattern.
    int named = dice.oneIn(50) ? 1 : number;
    return new Stage("s" + named, contiguity, dice.of("A", "A", "B", "B", "C"), quantifier);
  }

  /** Throws what Flink throws at a pattern that it refuses. */
  Pattern<Event, ?> pattern() {
    Pattern<Event, Event> pattern = null;
    for (Stage stage : stages) {
      pattern = appended(pattern, stage).where(new OfType(stage.type));
      pattern = stage.quantifier.applied(pattern);
    }
    return withinMs == null ? pattern : pattern.within(Duration.ofMillis(withinMs));
  }

  private Pattern<Event, Event> appended(Pattern<Event, Event> before, Stage stage) {
    switch (stage.contiguity) {
      case "begin":
        return Pattern.begin(stage.name, strategy());
      case "next":
        return before.next(stage.name);
      case "followedBy":
        return before.followedBy(stage.name);
      case "followedByAny":
        return before.followedByAny(stage.name);
      case "notNext":
        return before.notNext(stage.name);
      case "notFollowedBy":
        return before.notFollowedBy(stage.name);
      default:
        throw new IllegalStateException(stage.contiguity);
    }
  }

  private AfterMatchSkipStrategy strategy() {
    String[] parts = skip.split(":");
    switch (parts[0]) {
      case "noSkip":
        return AfterMatchSkipStrategy.noSkip();
      case "skipToNext":
        return AfterMatchSkipStrategy.skipToNext();
      case "skipPastLastEvent":
        return AfterMatchSkipStrategy.skipPastLastEvent();
      case "skipToFirst":
        return AfterMatchSkipStrategy.skipToFirst(parts[1]);
      case "skipToLast":
        return AfterMatchSkipStrategy.skipToLast(parts[1]);
      default:
        throw new IllegalStateException(skip);
    }
  }

  private static final class OfType extends SimpleCondition<Event> {
    private final String type;

    OfType(String type) {
      this.type = type;
    }

    @Override
    public boolean filter(Event event) {
      return event.type().equals(type);
    }
  }
}
