package crosscurrent.flink.merchant;

/** What a merchant has taken so far. */
public record Spend(String merchant, long count, long totalMinor) {
  static Spend of(Payment payment) {
    return new Spend(payment.merchant(), 1, payment.amountMinor());
  }

  Spend plus(Spend other) {
    return new Spend(merchant, count + other.count, totalMinor + other.totalMinor);
  }
}
