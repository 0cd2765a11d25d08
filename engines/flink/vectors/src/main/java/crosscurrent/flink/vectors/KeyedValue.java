package crosscurrent.flink.vectors;

/** An element of a window. */
public record KeyedValue(String key, long value, long timestampMs) implements Step.Timed {}
