package crosscurrent.flink.vectors;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.Comparator;

/** One firing of a window; a global one has no bounds, and no result has a time before it is emitted. */
public record Firing(String key, Long startMs, Long endMs, long sum, long count, Long timestampMs) {
  /** As the vectors store the firings of a step. */
  static final Comparator<Firing> ORDER =
      comparing(Firing::startMs, nullsLast(naturalOrder()))
          .thenComparing(Firing::endMs, nullsLast(naturalOrder()))
          .thenComparing(Firing::key)
          .thenComparing(Firing::timestampMs, nullsLast(naturalOrder()));

  Firing emittedAt(long timeMs) {
    return new Firing(key, startMs, endMs, sum, count, timeMs);
  }
}
