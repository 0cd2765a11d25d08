package crosscurrent.flink.json;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Events go on, undecodable records to the side output {@link #UNDECODABLE}. */
public final class SplitUndecodable<T> extends ProcessFunction<Either<Undecodable, T>, T> {
  public static final OutputTag<Undecodable> UNDECODABLE = new OutputTag<>("undecodable") {};

  @Override
  public void processElement(Either<Undecodable, T> element, Context context, Collector<T> out) {
    if (element.isRight()) {
      out.collect(element.right());
    } else {
      context.output(UNDECODABLE, element.left());
    }
  }
}
