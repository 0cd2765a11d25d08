package crosscurrent.spark;

import java.io.Serializable;

/** One login attempt. A bean, as Spark's Java encoders ask for. */
public class Login implements Serializable {
  private String user;
  private String outcome;
  private long tsMs;

  public Login() {}

  Login(String user, String outcome, long tsMs) {
    this.user = user;
    this.outcome = outcome;
    this.tsMs = tsMs;
  }

  public String getUser() {
    return user;
  }

  public void setUser(String user) {
    this.user = user;
  }

  public String getOutcome() {
    return outcome;
  }

  public void setOutcome(String outcome) {
    this.outcome = outcome;
  }

  public long getTsMs() {
    return tsMs;
  }

  public void setTsMs(long tsMs) {
    this.tsMs = tsMs;
  }
}
