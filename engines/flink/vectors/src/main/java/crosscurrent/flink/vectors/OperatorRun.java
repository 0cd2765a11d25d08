package crosscurrent.flink.vectors;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** Drives a keyed operator of Flink through steps, on heap state. */
final class OperatorRun {
  private OperatorRun() {}

  /** A new operator in a harness that is not open. */
  interface Opening<E extends Step.Timed, R> {
    KeyedOneInputStreamOperatorTestHarness<String, E, R> harness() throws Exception;
  }

  /** What came out while one step was handled. */
  record Output<R, S>(List<StreamRecord<R>> results, List<S> side) {}

  static <E extends Step.Timed, R, S> List<Output<R, S>> run(
      Opening<E, R> opening, OutputTag<S> sideTag, List<Step> steps) throws Exception {
    List<Output<R, S>> outputs = new ArrayList<>();
    var harness = opening.harness();
    try {
      harness.open();
      for (Step step : steps) {
        if (step instanceof Step.SnapshotRestore) {
          OperatorSubtaskState state = harness.snapshot(1, 1);
          harness.close();
          harness = opening.harness();
          harness.initializeState(state);
          harness.open();
        } else {
          give(harness, step);
        }
        outputs.add(new Output<>(results(harness), side(harness, sideTag)));
      }
    } finally {
      harness.close();
    }
    return outputs;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Step.Timed, R> void give(
      KeyedOneInputStreamOperatorTestHarness<String, E, R> harness, Step step) throws Exception {
    if (step instanceof Step.Element given) {
      harness.processElement(new StreamRecord<>((E) given.element(), given.element().timestampMs()));
    } else if (step instanceof Step.Watermark watermark) {
      harness.processWatermark(new Watermark(watermark.watermarkMs()));
    } else if (step instanceof Step.ProcessingTime time) {
      harness.setProcessingTime(time.processingTimeMs());
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Step.Timed, R> List<StreamRecord<R>> results(
      KeyedOneInputStreamOperatorTestHarness<String, E, R> harness) {
    List<StreamRecord<R>> results = new ArrayList<>();
    for (Object each : harness.getOutput()) {
      if (each instanceof StreamRecord) results.add((StreamRecord<R>) each);
    }
    harness.getOutput().clear();
    return results;
  }

  private static <E extends Step.Timed, R, S> List<S> side(
      KeyedOneInputStreamOperatorTestHarness<String, E, R> harness, OutputTag<S> tag) {
    List<S> side = new ArrayList<>();
    var queue = harness.getSideOutput(tag);
    while (queue != null && !queue.isEmpty()) side.add(queue.poll().getValue());
    return side;
  }
}
