package crosscurrent.flink.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Timers ahead of both clocks and behind them, and deletions of timers that were registered under the key, fired or not. */
final class TimerSteps {
  private final Dice dice;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, List<TimerElement.Action>> deletions = new HashMap<>();
  private long watermarkMs = Long.MIN_VALUE;
  private long processingTimeMs = 0;

  private TimerSteps(Dice dice) {
    this.dice = dice;
  }

  static List<Step> draw(Dice dice) {
    TimerSteps drawn = new TimerSteps(dice);
    drawn.steps.add(new Step.ProcessingTime(0, false));
    for (int left = dice.between(8, 25); left > 0; left--) {
      int kind = dice.below(20);
      if (kind < 9) {
        drawn.element();
      } else if (kind < 14) {
        drawn.watermark();
      } else if (kind < 19) {
        drawn.processingTime();
      } else {
        drawn.restore();
      }
    }
    if (dice.oneIn(4)) drawn.steps.add(new Step.Watermark(Long.MAX_VALUE, false));
    return drawn.steps;
  }

  private long eventTimeMs() {
    return watermarkMs == Long.MIN_VALUE ? -20 : watermarkMs;
  }

  private void element() {
    String key = dice.of("a", "b", "c");
    List<TimerElement.Action> deletable = deletions.computeIfAbsent(key, none -> new ArrayList<>());
    List<TimerElement.Action> actions = new ArrayList<>();
    for (int left = dice.between(1, 3); left > 0; left--) {
      boolean deletes = dice.oneIn(4) && !deletable.isEmpty();
      actions.add(deletes ? deletable.get(dice.below(deletable.size())) : registration(deletable));
    }
    long timeMs = eventTimeMs() + dice.between(-5, 20);
    steps.add(new Step.Element(new TimerElement(key, timeMs, actions)));
  }

  private TimerElement.Action registration(List<TimerElement.Action> deletable) {
    boolean isEventTime = dice.below(5) < 3;
    String domain = isEventTime ? "EventTime" : "ProcessingTime";
    long atMs = (isEventTime ? eventTimeMs() : processingTimeMs) + dice.between(-8, 30);
    deletable.add(new TimerElement.Action("delete" + domain, atMs));
    return new TimerElement.Action("register" + domain, atMs);
  }

  private void watermark() {
    watermarkMs = eventTimeMs() + dice.between(1, 25);
    steps.add(new Step.Watermark(watermarkMs, false));
  }

  private void processingTime() {
    processingTimeMs += dice.between(1, 25);
    steps.add(new Step.ProcessingTime(processingTimeMs, false));
  }

  private void restore() {
    steps.add(new Step.SnapshotRestore(true));
    steps.add(new Step.ProcessingTime(processingTimeMs, true));
    if (watermarkMs > Long.MIN_VALUE) steps.add(new Step.Watermark(watermarkMs, true));
  }
}
