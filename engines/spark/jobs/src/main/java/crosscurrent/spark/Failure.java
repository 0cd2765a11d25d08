package crosscurrent.spark;

/** What to say of a failure. */
final class Failure {
  private Failure() {}

  /** The first line of what lies at the bottom: Spark wraps it in exceptions of its own, and adds the whole plan. */
  static String message(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
    String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return cause.getClass().getSimpleName() + ": " + text;
  }
}
