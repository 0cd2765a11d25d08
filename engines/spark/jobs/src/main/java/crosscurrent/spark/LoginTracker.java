package crosscurrent.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.KeyValueGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Alerts on five failed logins in a row, per user. */
final class LoginTracker implements Job {
  private static final Encoder<FailureStreak> STATE = Encoders.bean(FailureStreak.class);
  private static final Encoder<Alert> ALERT = Encoders.bean(Alert.class);

  private final StatefulOperator operator;

  LoginTracker(StatefulOperator operator) {
    this.operator = operator;
  }

  @Override
  public StructType inputSchema() {
    return StructType.fromDDL("seq BIGINT, user STRING, outcome STRING, tsMs BIGINT");
  }

  @Override
  public Dataset<Row> results(Dataset<Row> records) {
    KeyValueGroupedDataset<String, Login> users =
        records
            .select("user", "outcome", "tsMs")
            .as(Encoders.bean(Login.class))
            .groupByKey((MapFunction<Login, String>) Login::getUser, Encoders.STRING());
    return alerts(users)
        .select(
            col("user"),
            lit("HIGH").as("severity"),
            concat(lit("Five failures since "), col("firstTsMs")).as("reason"),
            col("firstTsMs"),
            col("lastTsMs"),
            col("ordinal"));
  }

  @Override
  public String keyField() {
    return "user";
  }

  @Override
  public OutputMode outputMode() {
    return operator == StatefulOperator.TRANSFORM_WITH_STATE ? OutputMode.Update() : OutputMode.Append();
  }

  private Dataset<Alert> alerts(KeyValueGroupedDataset<String, Login> users) {
    return switch (operator) {
      case FLAT_MAP_GROUPS_WITH_STATE ->
          users.flatMapGroupsWithState(
              LoginTracker::track, outputMode(), STATE, ALERT, GroupStateTimeout.NoTimeout());
      case TRANSFORM_WITH_STATE ->
          users.transformWithState(new Tracker(), TimeMode.None(), outputMode(), ALERT);
    };
  }

  private static Iterator<Alert> track(String user, Iterator<Login> attempts, GroupState<FailureStreak> state) {
    FailureStreak streak = state.exists() ? state.get() : new FailureStreak();
    List<Alert> raised = streak.add(attempts);
    if (!streak.isInitial()) state.update(streak);
    else if (state.exists()) state.remove();
    return raised.iterator();
  }

  private static final class Tracker extends StatefulProcessor<String, Login, Alert> {
    private transient ValueState<FailureStreak> state;

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
      state = getHandle().getValueState("streak", STATE, TTLConfig.NONE());
    }

    @Override
    public scala.collection.Iterator<Alert> handleInputRows(
        String user, scala.collection.Iterator<Login> attempts, TimerValues timers) {
      FailureStreak streak = state.exists() ? state.get() : new FailureStreak();
      List<Alert> raised = streak.add(CollectionConverters.asJava(attempts));
      if (streak.isInitial()) state.clear();
      else state.update(streak);
      return CollectionConverters.asScala(raised.iterator());
    }
  }
}
