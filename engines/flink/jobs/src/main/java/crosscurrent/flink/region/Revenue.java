package crosscurrent.flink.region;

/** One region's window, [start, end). */
public record Revenue(String region, long windowStartMs, long windowEndMs, long count, long totalMinor) {}
