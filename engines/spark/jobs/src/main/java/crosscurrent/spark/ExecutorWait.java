package crosscurrent.spark;

import org.apache.spark.SparkContext;

/**
 * Waits for the first executor of a cluster. Spark itself would let the first batch wait for ever where no worker has room, or where no
 * executor finds its way back to the driver.
 */
final class ExecutorWait {
  private static final long LIMIT_MS = 60_000;
  private static final long POLL_MS = 20;

  private ExecutorWait() {}

  static void await(SparkContext context) throws InterruptedException {
    await(context, LIMIT_MS);
  }

  static void await(SparkContext context, long limitMs) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limitMs * 1_000_000;
    while (!hasExecutor(context)) {
      if (System.nanoTime() > deadlineNs) throw new NoExecutorException(limitMs / 1_000);
      Thread.sleep(POLL_MS);
    }
  }

  /** The driver is in the list too, and in local mode alone. */
  private static boolean hasExecutor(SparkContext context) {
    return context.statusTracker().getExecutorInfos().length > 1;
  }

  /** By this name the starter tells it from a failure of a query. */
  static final class NoExecutorException extends IllegalStateException {
    NoExecutorException(long seconds) {
      super("no executor within " + seconds + " s");
    }
  }
}
