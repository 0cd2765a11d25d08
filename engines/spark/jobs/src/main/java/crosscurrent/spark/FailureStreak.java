package crosscurrent.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** One user's state: failures in a row since the last success or alert. A bean, as Spark's Java encoders ask for. */
public class FailureStreak implements Serializable {
  private static final int ALERT_AFTER = 5;

  private int failures;
  private long firstTsMs;
  private long alerts;

  /**
   * Takes up a batch's attempts of the user and gives the alerts that they raise. A shuffle keeps no order within a key, so they
   * are sorted by time first.
   */
  List<Alert> add(Iterator<Login> attempts) {
    List<Login> ordered = new ArrayList<>();
    attempts.forEachRemaining(ordered::add);
    ordered.sort(Comparator.comparingLong(Login::getTsMs));
    List<Alert> raised = new ArrayList<>();
    for (Login attempt : ordered) {
      if (!attempt.getOutcome().equals("FAILED")) {
        failures = 0;
        continue;
      }
      if (failures == 0) firstTsMs = attempt.getTsMs();
      failures += 1;
      if (failures < ALERT_AFTER) continue;
      alerts += 1;
      failures = 0;
      raised.add(new Alert(attempt.getUser(), firstTsMs, attempt.getTsMs(), alerts));
    }
    return raised;
  }

  /** Whether a user who was never seen has the same state. */
  boolean isInitial() {
    return failures == 0 && alerts == 0;
  }

  public int getFailures() {
    return failures;
  }

  public void setFailures(int failures) {
    this.failures = failures;
  }

  public long getFirstTsMs() {
    return firstTsMs;
  }

  public void setFirstTsMs(long firstTsMs) {
    this.firstTsMs = firstTsMs;
  }

  public long getAlerts() {
    return alerts;
  }

  public void setAlerts(long alerts) {
    this.alerts = alerts;
  }
}
