package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.apache.flink.streaming.api.windowing.triggers.ContinuousEventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.CountTrigger;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.PurgingTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;

/** A trigger as the vectors write it, and Flink's. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TriggerChoice(String type, Integer count, Long intervalMs) {

  static TriggerChoice draw(Dice dice, WindowChoice window) {
    String type = "eventTime";
    if (window.isGlobal()) {
      type = dice.of("count", "purgingCount");
    } else if (dice.oneIn(3)) {
      type = dice.of("eventTime", "count", "purgingCount", "continuousEventTime");
    }
    switch (type) {
      case "count", "purgingCount":
        return new TriggerChoice(type, dice.between(1, 4), null);
      case "continuousEventTime":
        int unit = window.unitMs();
        return new TriggerChoice(type, null, (long) dice.of(2, 3, 5, Math.max(1, unit / 3), unit));
      default:
        return new TriggerChoice(type, null, null);
    }
  }

  Trigger<Object, ?> trigger() {
    switch (type) {
      case "eventTime":
        return EventTimeTrigger.create();
      case "count":
        return CountTrigger.of(count);
      case "purgingCount":
        return PurgingTrigger.of(CountTrigger.of(count));
      case "continuousEventTime":
        return ContinuousEventTimeTrigger.of(Duration.ofMillis(intervalMs));
      default:
        throw new IllegalStateException(type);
    }
  }
}
