package crosscurrent.flink.region;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Event time begins at a floor, not at minus infinity. A source's watermark comes up to 200 ms (pipeline.auto-watermark-interval) after its
 * first records, the slowest source decides, and a restart forgets it: without the floor records from before it would be in time until then.
 */
final class WatermarkFloor<T> extends AbstractStreamOperator<T> implements OneInputStreamOperator<T, T> {
  private final long floorMs;

  WatermarkFloor(long floorMs) {
    this.floorMs = floorMs;
  }

  @Override
  public void open() throws Exception {
    super.open();
    output.emitWatermark(new Watermark(floorMs));
  }

  @Override
  public void processElement(StreamRecord<T> element) {
    output.collect(element);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() > floorMs) {
      super.processWatermark(mark);
    }
  }
}
