package crosscurrent.flink.merchant;

/** One payment. */
public record Payment(long seq, String merchant, long amountMinor, long tsMs) {}
