package crosscurrent.flink.login;

/** Of one user: failures in a row since the last success or alert, the time of the first of them, alerts raised so far. */
public record Streak(int failures, long firstTsMs, long alerts) {
  static final Streak NONE = new Streak(0, 0, 0);

  Streak failedAt(long tsMs) {
    return new Streak(failures + 1, failures == 0 ? tsMs : firstTsMs, alerts);
  }

  Streak ended() {
    return new Streak(0, 0, alerts);
  }

  Streak alerted() {
    return new Streak(0, 0, alerts + 1);
  }
}
