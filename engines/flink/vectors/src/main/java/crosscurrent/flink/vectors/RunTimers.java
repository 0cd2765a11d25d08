package crosscurrent.flink.vectors;

import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Does what elements say, emits what fires, and registers a timer again in the callback where that was asked for. */
final class RunTimers extends KeyedProcessFunction<String, TimerElement, FiredTimer> {
  private final Again again;

  /** A timer of this domain that fires at t before {@code untilMs} registers t + everyMs. */
  record Again(String domain, long everyMs, long untilMs) implements java.io.Serializable {}

  /** @param again null for none */
  RunTimers(Again again) {
    this.again = again;
  }

  @Override
  public void processElement(TimerElement element, Context context, Collector<FiredTimer> out) {
    for (TimerElement.Action action : element.actions()) {
      perform(context.timerService(), action.op(), action.atMs());
    }
  }

  @Override
  public void onTimer(long timeMs, OnTimerContext context, Collector<FiredTimer> out) {
    boolean isEventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
    String domain = isEventTime ? "eventTime" : "processingTime";
    out.collect(new FiredTimer(context.getCurrentKey(), timeMs, domain));
    if (again == null || !again.domain.equals(domain) || timeMs >= again.untilMs) return;
    String operation = isEventTime ? "registerEventTime" : "registerProcessingTime";
    perform(context.timerService(), operation, timeMs + again.everyMs);
  }

  private static void perform(TimerService timers, String operation, long atMs) {
    switch (operation) {
      case "registerEventTime":
        timers.registerEventTimeTimer(atMs);
        break;
      case "registerProcessingTime":
        timers.registerProcessingTimeTimer(atMs);
        break;
      case "deleteEventTime":
        timers.deleteEventTimeTimer(atMs);
        break;
      case "deleteProcessingTime":
        timers.deleteProcessingTimeTimer(atMs);
        break;
      default:
        throw new IllegalStateException(operation);
    }
  }
}
