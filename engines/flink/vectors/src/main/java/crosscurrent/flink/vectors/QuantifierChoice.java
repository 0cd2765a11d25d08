package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.flink.cep.pattern.Pattern;

/** How often a stage matches. Which flags Flink takes with which kind is not known here: it refuses the others. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QuantifierChoice(
    String kind,
    Integer n,
    Integer min,
    Integer max,
    Boolean optional,
    Boolean greedy,
    Boolean consecutive,
    Boolean allowCombinations) {
  static final QuantifierChoice ONE =
      new QuantifierChoice("one", null, null, null, null, null, null, null);

  static QuantifierChoice draw(Dice dice) {
    if (dice.below(100) < 45) {
      return new QuantifierChoice("one", null, null, null, flag(dice.oneIn(4)), null, null, null);
    }
    String kind = dice.of("times", "timesRange", "oneOrMore", "timesOrMore");
    boolean isRange = kind.equals("timesRange");
    boolean hasNumber = kind.equals("times") || kind.equals("timesOrMore");
    Integer least = isRange ? (Integer) number(dice, 3) : null;
    int inner = dice.below(5);
    return new QuantifierChoice(
        kind,
        hasNumber ? (Integer) number(dice, 4) : null,
        least,
        isRange ? (Integer) (least + dice.below(3)) : null,
        flag(dice.oneIn(4)),
        flag(dice.oneIn(4)),
        flag(inner == 0),
        flag(inner == 1));
  }

  /** Now and then none, which is a quantifier of its own or refused. */
  private static int number(Dice dice, int most) {
    return dice.oneIn(12) ? 0 : dice.between(1, most);
  }

  private static Boolean flag(boolean isSet) {
    return isSet ? true : null;
  }

  Pattern<Event, Event> applied(Pattern<Event, Event> stage) {
    Pattern<Event, Event> pattern = counted(stage);
    if (optional != null) pattern = pattern.optional();
    if (greedy != null) pattern = pattern.greedy();
    if (consecutive != null) pattern = pattern.consecutive();
    return allowCombinations == null ? pattern : pattern.allowCombinations();
  }

  private Pattern<Event, Event> counted(Pattern<Event, Event> stage) {
    switch (kind) {
      case "one":
        return stage;
      case "times":
        return stage.times(n);
      case "timesRange":
        return stage.times(min, max);
      case "oneOrMore":
        return stage.oneOrMore();
      case "timesOrMore":
        return stage.timesOrMore(n);
      default:
        throw new IllegalStateException(kind);
    }
  }
}
