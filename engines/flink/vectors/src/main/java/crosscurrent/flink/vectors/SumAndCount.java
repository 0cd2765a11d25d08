package crosscurrent.flink.vectors;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.java.tuple.Tuple2;

/** What the windows of the vectors hold. */
final class SumAndCount
    implements AggregateFunction<KeyedValue, Tuple2<Long, Long>, Tuple2<Long, Long>> {
  @Override
  public Tuple2<Long, Long> createAccumulator() {
    return Tuple2.of(0L, 0L);
  }

  @Override
  public Tuple2<Long, Long> add(KeyedValue element, Tuple2<Long, Long> held) {
    return Tuple2.of(held.f0 + element.value(), held.f1 + 1);
  }

  @Override
  public Tuple2<Long, Long> getResult(Tuple2<Long, Long> held) {
    return held;
  }

  @Override
  public Tuple2<Long, Long> merge(Tuple2<Long, Long> one, Tuple2<Long, Long> other) {
    return Tuple2.of(one.f0 + other.f0, one.f1 + other.f1);
  }
}
