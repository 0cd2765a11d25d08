package crosscurrent.flink.login;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** An alert after five failures in a row; a success, or the alert itself, starts the count again. */
public final class FailureStreak extends KeyedProcessFunction<String, Login, Alert> {
  static final int ALERT_AFTER = 5;

  private transient ValueState<Streak> streaks;

  @Override
  public void open(OpenContext context) {
    streaks = getRuntimeContext().getState(new ValueStateDescriptor<>("streak", Streak.class));
  }

  @Override
  public void processElement(Login login, Context context, Collector<Alert> out) throws Exception {
    Streak stored = streaks.value();
    Streak before = stored == null ? Streak.NONE : stored;
    Streak after = login.failed() ? before.failedAt(login.tsMs()) : before.ended();
    if (after.failures() == ALERT_AFTER) {
      out.collect(Alert.of(login.user(), after.firstTsMs(), login.tsMs(), after.alerts() + 1));
      after = after.alerted();
    }
    if (after.equals(Streak.NONE)) {
      streaks.clear();
    } else if (!after.equals(before)) {
      streaks.update(after);
    }
  }
}
