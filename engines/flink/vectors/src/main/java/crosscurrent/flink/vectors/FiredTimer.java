package crosscurrent.flink.vectors;

/** A timer that fired. */
public record FiredTimer(String key, long timestampMs, String domain) {}
