package crosscurrent.flink.json;

/** A record of the input that is not what the workload expects, unchanged. {@code key} is null where the record had none. */
public record Undecodable(byte[] key, byte[] value) {}
