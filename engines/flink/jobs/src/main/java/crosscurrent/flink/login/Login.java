package crosscurrent.flink.login;

/** One login attempt; {@code outcome} is SUCCESS or FAILED. */
public record Login(long seq, String user, String outcome, long tsMs) {
  boolean failed() {
    return outcome.equals("FAILED");
  }
}
