package crosscurrent.flink.region;

import org.apache.flink.api.common.functions.AggregateFunction;

final class SumSales implements AggregateFunction<Sale, Totals, Totals> {
  @Override
  public Totals createAccumulator() {
    return Totals.NONE;
  }

  @Override
  public Totals add(Sale sale, Totals totals) {
    return totals.plus(new Totals(1, sale.amountMinor()));
  }

  @Override
  public Totals getResult(Totals totals) {
    return totals;
  }

  @Override
  public Totals merge(Totals left, Totals right) {
    return left.plus(right);
  }
}
