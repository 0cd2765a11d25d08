package crosscurrent.flink.vectors;

import java.util.ArrayList;
import java.util.List;

/** Elements and watermarks around the places where windows turn: ends, gaps that just touch, ties, the watermark itself. */
final class WindowSteps {
  private static final long A_TIME_OF_TODAY_MS = 1_700_000_000_676L;

  private final Dice dice;
  private final int unitMs;
  private final List<Step> steps = new ArrayList<>();
  private long nowMs;
  private long watermarkMs = Long.MIN_VALUE;

  private WindowSteps(Dice dice, int unitMs) {
    this.dice = dice;
    this.unitMs = unitMs;
    nowMs = dice.oneIn(6) ? A_TIME_OF_TODAY_MS : dice.between(-1, 1) * (long) unitMs;
  }

  static List<Step> draw(Dice dice, int unitMs) {
    WindowSteps drawn = new WindowSteps(dice, unitMs);
    for (int left = dice.between(8, 25); left > 0; left--) {
      int kind = dice.below(10);
      if (kind < 6) {
        drawn.element();
      } else if (kind < 9) {
        drawn.watermark();
      } else {
        drawn.restore();
      }
    }
    drawn.watermarkTo(dice.oneIn(2) ? Long.MAX_VALUE : drawn.nowMs + unitMs);
    return drawn.steps;
  }

  private void element() {
    long timeMs = dice.oneIn(5) ? nowMs : nowMs + dice.between(-unitMs, unitMs + 1);
    if (dice.oneIn(6) && watermarkMs > Long.MIN_VALUE) {
      timeMs = watermarkMs + dice.of(-1, 0, 1, -unitMs, 1 - unitMs);
    }
    nowMs = Math.max(nowMs, timeMs - dice.below(3));
    steps.add(new Step.Element(new KeyedValue(dice.of("a", "a", "b"), dice.between(-4, 20), timeMs)));
  }

  private void watermark() {
    long leastMs = watermarkMs == Long.MIN_VALUE ? nowMs - unitMs : watermarkMs + 1;
    watermarkTo(Math.max(leastMs, nowMs - unitMs / 2 + dice.below(unitMs + 2)));
    nowMs = Math.max(nowMs, watermarkMs);
  }

  private void watermarkTo(long timeMs) {
    watermarkMs = Math.max(timeMs, watermarkMs + 1);
    steps.add(new Step.Watermark(watermarkMs, false));
  }

  private void restore() {
    steps.add(new Step.SnapshotRestore(true));
    if (watermarkMs > Long.MIN_VALUE) steps.add(new Step.Watermark(watermarkMs, true));
  }
}
