package crosscurrent.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells of a cluster's executors that come and go; the driver's own tasks, in local mode, never do. */
final class ExecutorEvents extends SparkListener {
  private final EventLines lines;

  ExecutorEvents(EventLines lines) {
    this.lines = lines;
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    lines.emit(lines.event("executor-added").put("executor", event.executorId()));
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    lines.emit(
        lines.event("executor-lost").put("executor", event.executorId()).put("reason", event.reason()));
  }
}
