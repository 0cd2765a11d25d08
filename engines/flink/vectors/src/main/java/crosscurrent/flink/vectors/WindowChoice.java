package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;

/** A window as the vectors write it, and the assigner of Flink that it stands for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WindowChoice(String type, Long sizeMs, Long slideMs, Long offsetMs, Long gapMs) {
  /** A slide so short that an element is in more windows than this makes files of megabytes. */
  private static final long MOST_WINDOWS = 60;

  static WindowChoice draw(Dice dice) {
    int size = dice.of(4, 5, 7, 10, 20, 60, 100, 1000);
    switch (dice.below(8)) {
      case 0:
        return new WindowChoice("global", null, null, null, null);
      case 1, 2:
        return new WindowChoice("tumbling", (long) size, null, offset(dice, size), null);
      case 3, 4, 5:
        int slide =
            dice.of(1, 2, 3, 4, Math.max(1, size / 2), Math.max(1, size / 5), size + 3, size);
        if (size / slide > MOST_WINDOWS) slide = size / 10;
        return new WindowChoice("sliding", (long) size, (long) slide, offset(dice, slide), null);
      default:
        return new WindowChoice("session", null, null, null, (long) size);
    }
  }

  /** Flink takes none as long as the slide. */
  private static long offset(Dice dice, int slideMs) {
    return dice.oneIn(2) ? 0 : dice.between(1 - slideMs, slideMs - 1);
  }

  @JsonIgnore
  boolean isGlobal() {
    return type.equals("global");
  }

  /** The length around which times are drawn. */
  int unitMs() {
    if (isGlobal()) return 10;
    return (int) (long) (gapMs == null ? sizeMs : gapMs);
  }

  WindowAssigner<Object, ?> assigner() {
    switch (type) {
      case "global":
        return GlobalWindows.create();
      case "tumbling":
        return TumblingEventTimeWindows.of(Duration.ofMillis(sizeMs), Duration.ofMillis(offsetMs));
      case "sliding":
        return SlidingEventTimeWindows.of(
            Duration.ofMillis(sizeMs), Duration.ofMillis(slideMs), Duration.ofMillis(offsetMs));
      case "session":
        return EventTimeSessionWindows.withGap(Duration.ofMillis(gapMs));
      default:
        throw new IllegalStateException(type);
    }
  }
}
