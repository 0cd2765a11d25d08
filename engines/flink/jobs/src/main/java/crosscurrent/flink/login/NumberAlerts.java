package crosscurrent.flink.login;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Gives a user's alerts their ordinals: a pattern's function has no state of its own. */
final class NumberAlerts extends KeyedProcessFunction<String, Alert, Alert> {
  private transient ValueState<Long> alerts;

  @Override
  public void open(OpenContext context) {
    alerts = getRuntimeContext().getState(new ValueStateDescriptor<>("alerts", Long.class));
  }

  @Override
  public void processElement(Alert alert, Context context, Collector<Alert> out) throws Exception {
    Long before = alerts.value();
    long ordinal = before == null ? 1 : before + 1;
    alerts.update(ordinal);
    out.collect(Alert.of(alert.user(), alert.firstTsMs(), alert.lastTsMs(), ordinal));
  }
}
