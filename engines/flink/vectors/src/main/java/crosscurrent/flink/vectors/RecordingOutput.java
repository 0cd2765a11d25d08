package crosscurrent.flink.vectors;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** What a generator or the multiplexer emits. */
final class RecordingOutput implements WatermarkOutput {
  private List<Emitted> emitted = new ArrayList<>();

  List<Emitted> take() {
    List<Emitted> taken = emitted;
    emitted = new ArrayList<>();
    return taken;
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    emitted.add(Emitted.watermark(watermark.getTimestamp()));
  }

  @Override
  public void markIdle() {
    emitted.add(Emitted.IDLE);
  }

  @Override
  public void markActive() {
    emitted.add(Emitted.ACTIVE);
  }
}
