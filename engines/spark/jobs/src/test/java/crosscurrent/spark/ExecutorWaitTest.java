package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ExecutorWaitTest extends SparkTest {
  @Test
  void givesUpWhereNoExecutorComes() {
    var error =
        assertThrows(
            ExecutorWait.NoExecutorException.class, () -> ExecutorWait.await(SPARK.sparkContext(), 1_000));
    assertEquals("NoExecutorException: no executor within 1 s", Failure.message(error));
  }
}
