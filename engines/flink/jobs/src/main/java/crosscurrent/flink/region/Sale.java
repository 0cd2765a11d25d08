package crosscurrent.flink.region;

/** One sale. */
public record Sale(long seq, String region, long amountMinor, long eventTimeMs) {}
