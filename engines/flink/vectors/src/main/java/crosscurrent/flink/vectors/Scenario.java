package crosscurrent.flink.vectors;

import java.util.ArrayList;
import java.util.List;

/** Steps, and what is expected at each. */
record Scenario<X>(List<Step> steps, List<X> expected) {

  /** Has the engine print what it emits at each step. */
  interface Printing<X> {
    List<X> expected(List<Step> steps) throws Exception;
  }

  /**
   * A restore must not show: where the same steps without it print something else, the scenario goes without. That is so for a timer registered
   * for a time already passed, which the repeated watermark fires early.
   *
   * @param nothing what is expected of a step that emits nothing
   */
  static <X> Scenario<X> of(List<Step> steps, X nothing, Printing<X> printing) throws Exception {
    Scenario<X> whole = new Scenario<>(steps, printing.expected(steps));
    List<Step> others = steps.stream().filter(step -> !step.belongsToRestore()).toList();
    if (others.size() == steps.size()) return whole;
    Scenario<X> without = new Scenario<>(others, printing.expected(others));
    return whole.expected.equals(without.withSilentRestores(steps, nothing)) ? whole : without;
  }

  private List<X> withSilentRestores(List<Step> whole, X nothing) {
    List<X> all = new ArrayList<>();
    int next = 0;
    for (Step step : whole) all.add(step.belongsToRestore() ? nothing : expected.get(next++));
    return all;
  }
}
