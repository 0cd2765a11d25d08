package crosscurrent.spark;

import java.io.Serializable;

/** Five failures in a row of one user. A bean, as Spark's Java encoders ask for. */
public class Alert implements Serializable {
  private String user;
  private long firstTsMs;
  private long lastTsMs;
  private long ordinal;

  public Alert() {}

  Alert(String user, long firstTsMs, long lastTsMs, long ordinal) {
    this.user = user;
    this.firstTsMs = firstTsMs;
    this.lastTsMs = lastTsMs;
    this.ordinal = ordinal;
  }

  public String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user;
  }

  public long getFirstTsMs() {
    return firstTsMs;
  }

  public void setFirstTsMs(long firstTsMs) {
    this.firstTsMs = firstTsMs;
  }

  public long getLastTsMs() {
    return lastTsMs;
  }

  public void setLastTsMs(long lastTsMs) {
    this.lastTsMs = lastTsMs;
  }

  /** 1 for the user's first alert. */
  public long getOrdinal() {
    return ordinal;
  }

  public void setOrdinal(long ordinal) {
    this.ordinal = ordinal;
  }
}
