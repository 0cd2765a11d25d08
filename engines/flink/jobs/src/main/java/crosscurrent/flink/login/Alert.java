package crosscurrent.flink.login;

/** Five failures in a row of one user; {@code ordinal} is 1 for the user's first alert. */
public record Alert(String user, String severity, String reason, long firstTsMs, long lastTsMs, long ordinal) {
  static Alert of(String user, long firstTsMs, long lastTsMs, long ordinal) {
    return new Alert(user, "HIGH", "Five failures since " + firstTsMs, firstTsMs, lastTsMs, ordinal);
  }
}
