package crosscurrent.flink.vectors;

import java.util.List;

/** An element that has the function under its key register and delete timers. */
record TimerElement(String key, long timestampMs, List<Action> actions) implements Step.Timed {
  record Action(String op, long atMs) {}
}
