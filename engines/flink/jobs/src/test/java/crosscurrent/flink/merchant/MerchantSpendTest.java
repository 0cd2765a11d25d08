package crosscurrent.flink.merchant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.streaming.api.operators.StreamGroupedReduceOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class MerchantSpendTest {
  private static final TypeInformation<Spend> SPEND = TypeInformation.of(Spend.class);

  @Test
  void totalsRunPerMerchantAndSurviveARestart() throws Exception {
    OperatorSubtaskState snapshot;
    try (var totals = totals()) {
      totals.open();
      totals.processElement(payment("a", 100));
      totals.processElement(payment("b", 7));
      totals.processElement(payment("a", 20));
      assertEquals(
          List.of(new Spend("a", 1, 100), new Spend("b", 1, 7), new Spend("a", 2, 120)),
          totals.extractOutputValues());
      snapshot = totals.snapshot(1, 1);
    }
    try (var totals = totals()) {
      totals.initializeState(snapshot);
      totals.open();
      totals.processElement(payment("a", 3));
      assertEquals(List.of(new Spend("a", 3, 123)), totals.extractOutputValues());
    }
  }

  @Test
  void recordsNeedNoKryo() {
    assertEquals(PojoTypeInfo.class, SPEND.getClass());
    assertEquals(PojoTypeInfo.class, TypeInformation.of(Payment.class).getClass());
  }

  private static StreamRecord<Spend> payment(String merchant, long amountMinor) {
    return new StreamRecord<>(Spend.of(new Payment(0, merchant, amountMinor, 0)));
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Spend, Spend> totals() throws Exception {
    var reduce = new StreamGroupedReduceOperator<>(Spend::plus, SPEND.createSerializer(new SerializerConfigImpl()));
    return new KeyedOneInputStreamOperatorTestHarness<>(reduce, Spend::merchant, Types.STRING);
  }
}
