package crosscurrent.flink.vectors;

/** An event of a pattern. */
public record Event(int id, String type, long timestampMs) implements Step.Timed {}
