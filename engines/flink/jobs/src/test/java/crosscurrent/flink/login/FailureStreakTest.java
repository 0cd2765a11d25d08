package crosscurrent.flink.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FailureStreakTest {
  @Test
  void theFifthFailureInARowAlertsAndStartsTheCountAgain() throws Exception {
    try (var streaks = streaks()) {
      streaks.open();
      for (long ts = 1; ts <= 11; ts++) {
        login(streaks, "u", "FAILED", ts);
      }
      assertEquals(
          List.of(
              new Alert("u", "HIGH", "Five failures since 1", 1, 5, 1),
              new Alert("u", "HIGH", "Five failures since 6", 6, 10, 2)),
          streaks.extractOutputValues());
    }
  }

  @Test
  void aSuccessResetsItsOwnUserAloneAndStateOfNothingIsCleared() throws Exception {
    try (var streaks = streaks()) {
      streaks.open();
      for (long ts = 1; ts <= 4; ts++) {
        login(streaks, "u", "FAILED", ts);
        login(streaks, "v", "FAILED", ts);
      }
      assertEquals(2, streaks.numKeyedStateEntries());
      login(streaks, "u", "SUCCESS", 5);
      assertEquals(1, streaks.numKeyedStateEntries());
      login(streaks, "u", "FAILED", 6);
      login(streaks, "v", "FAILED", 7);
      assertEquals(List.of(Alert.of("v", 1, 7, 1)), streaks.extractOutputValues());
    }
  }

  @Test
  void aStreakGoesOnAfterARestart() throws Exception {
    OperatorSubtaskState snapshot;
    try (var streaks = streaks()) {
      streaks.open();
      for (long ts = 1; ts <= 8; ts++) {
        login(streaks, "u", "FAILED", ts);
      }
      snapshot = streaks.snapshot(1, 1);
    }
    try (var streaks = streaks()) {
      streaks.initializeState(snapshot);
      streaks.open();
      login(streaks, "u", "FAILED", 9);
      login(streaks, "u", "FAILED", 10);
      assertEquals(List.of(Alert.of("u", 6, 10, 2)), streaks.extractOutputValues());
    }
  }

  private static void login(
      KeyedOneInputStreamOperatorTestHarness<String, Login, Alert> streaks, String user, String outcome, long tsMs)
      throws Exception {
    streaks.processElement(new Login(tsMs, user, outcome, tsMs), tsMs);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Login, Alert> streaks() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new FailureStreak()), Login::user, Types.STRING);
  }
}
