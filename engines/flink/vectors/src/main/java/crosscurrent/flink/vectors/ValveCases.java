package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Watermarks and idleness of several input channels through Flink's StatusWatermarkValve. */
final class ValveCases implements Cases {
  record Case(
      String id,
      String source,
      String kind,
      int inputs,
      List<ValveStep> steps,
      List<List<Emitted>> expected) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ValveStep(int input, Long watermarkMs, String status) {}

  @Override
  public Object next(String id, Dice dice) throws Exception {
    String source = "Flink " + EnvironmentInformation.getVersion() + " StatusWatermarkValve";
    int inputs = dice.between(1, 4);
    List<ValveStep> steps = steps(dice, inputs);
    return new Case(id, source, "valve", inputs, steps, expected(inputs, steps));
  }

  /** Watermarks of an input rise, with some that repeat or go back. */
  private static List<ValveStep> steps(Dice dice, int inputs) {
    List<ValveStep> steps = new ArrayList<>();
    long[] reachedMs = new long[inputs];
    for (int input = 0; input < inputs; input++) reachedMs[input] = dice.between(-20, 5);
    for (int left = dice.between(8, 30); left > 0; left--) {
      int input = dice.below(inputs);
      if (dice.oneIn(3)) {
        steps.add(new ValveStep(input, null, dice.of("idle", "idle", "active")));
      } else if (dice.oneIn(25)) {
        steps.add(new ValveStep(input, Long.MAX_VALUE, null));
      } else {
        if (!dice.oneIn(5)) reachedMs[input] += dice.below(9);
        steps.add(new ValveStep(input, reachedMs[input] - (dice.oneIn(6) ? 3 : 0), null));
      }
    }
    return steps;
  }

  private static List<List<Emitted>> expected(int inputs, List<ValveStep> steps) throws Exception {
    StatusWatermarkValve valve = new StatusWatermarkValve(inputs);
    List<List<Emitted>> expected = new ArrayList<>();
    for (ValveStep step : steps) {
      ValveOutput output = new ValveOutput();
      if (step.status != null) {
        WatermarkStatus status =
            step.status.equals("idle") ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE;
        valve.inputWatermarkStatus(status, step.input, output);
      } else {
        valve.inputWatermark(new Watermark(step.watermarkMs), step.input, output);
      }
      expected.add(output.emitted);
    }
    return expected;
  }

  private static final class ValveOutput implements DataOutput<Object> {
    final List<Emitted> emitted = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      emitted.add(Emitted.watermark(watermark.getTimestamp()));
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
      emitted.add(status.isIdle() ? Emitted.IDLE : Emitted.ACTIVE);
    }

    @Override
    public void emitRecord(StreamRecord<Object> element) {
      throw new IllegalStateException("a valve has no records");
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
      throw new IllegalStateException("a valve has no latency markers");
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
      throw new IllegalStateException("a valve has no attributes");
    }

    @Override
    public void emitWatermark(WatermarkEvent watermark) {
      throw new IllegalStateException("this valve has no generalized watermarks");
    }
  }
}
