package crosscurrent.spark.vectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches of elements around the places where the answers turn: window ends, gaps that just touch, ties, the watermark itself. */
final class Batches {
  private static final long A_TIME_OF_TODAY_MS = 1_700_000_000_676L;

  private final Dice dice;
  private final DrawnQuery query;
  private final List<List<Element>> batches = new ArrayList<>();
  private long nowMs;
  private long greatestMs = Long.MIN_VALUE;

  private Batches(Dice dice, DrawnQuery query) {
    this.dice = dice;
    this.query = query;
    nowMs = dice.oneIn(10) ? A_TIME_OF_TODAY_MS : dice.between(0, 2) * (long) query.unitMs();
  }

  static List<List<Element>> draw(Dice dice, DrawnQuery query) {
    Batches drawn = new Batches(dice, query);
    for (int left = dice.between(2, 5); left > 0; left--) drawn.batch(dice.between(1, 5));
    // Steps of event time at the end, which let results out and state go.
    for (int left = dice.below(3); left > 0; left--) {
      drawn.nowMs += dice.between(1, 2) * query.unitMs();
      drawn.batch(1);
    }
    return drawn.batches;
  }

  private void batch(int size) {
    List<Element> batch = new ArrayList<>();
    Map<List<Object>, Element> alike = new HashMap<>();
    while (batch.size() < size) {
      Element element = element();
      if (!query.identity().isEmpty()) element = alike.computeIfAbsent(identity(element), __ -> element());
      batch.add(element);
      if (batch.size() < size && !query.identity().isEmpty() && dice.oneIn(4)) batch.add(element);
    }
    for (Element element : batch) greatestMs = Math.max(greatestMs, element.timestampMs());
    batches.add(batch);
  }

  /** Which of several rows that are alike is kept, Spark does not say: so they are equal. */
  private List<Object> identity(Element element) {
    List<Object> values = new ArrayList<>();
    for (String name : query.identity()) {
      switch (name) {
        case "key" -> values.add(element.key());
        case "value" -> values.add(element.value());
        default -> values.add(element.timestampMs());
      }
    }
    return values;
  }

  private Element element() {
    String key = dice.of("a", "a", "b", "c");
    long value = dice.between(-4, 20);
    List<Element> before = batches.isEmpty() ? List.of() : batches.get(dice.below(batches.size()));
    if (!before.isEmpty() && dice.oneIn(4)) {
      Element again = before.get(dice.below(before.size()));
      return new Element(again.key(), dice.oneIn(2) ? again.value() : value, again.timestampMs());
    }
    return new Element(key, value, time());
  }

  private long time() {
    int unit = query.unitMs();
    long timeMs;
    switch (dice.below(6)) {
      case 0:
        // A border of windows, a millisecond before it or behind it.
        timeMs = Math.floorDiv(nowMs, (long) unit) * unit + dice.between(-1, 1) * (long) unit + dice.between(-1, 1);
        break;
      case 1:
        // Just touching the greatest so far, by the unit or its half.
        long from = greatestMs == Long.MIN_VALUE ? nowMs : greatestMs;
        timeMs = from + dice.of(unit, -unit, unit / 2, 0) + dice.between(-1, 1);
        break;
      default:
        timeMs = nowMs + dice.between(-unit, unit);
    }
    // Far below 0 everything is late from the first batch on.
    timeMs = Math.max(timeMs, -unit / 10);
    nowMs = Math.max(nowMs, timeMs - dice.below(unit));
    return timeMs;
  }
}
