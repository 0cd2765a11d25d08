package crosscurrent.flink.region;

/** Number and sum of sales. */
public record Totals(long count, long totalMinor) {
  static final Totals NONE = new Totals(0, 0);

  Totals plus(Totals other) {
    return new Totals(count + other.count, totalMinor + other.totalMinor);
  }
}
