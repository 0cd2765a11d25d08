package crosscurrent.flink.login;

import crosscurrent.flink.kafka.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Alerts on five failed logins in a row, per user. */
public final class LoginTracker {
  private LoginTracker() {}

  public static void main(String[] arguments) throws Exception {
    Topics topics = new Topics(arguments);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<Login> logins = topics.events(environment, Login.class, WatermarkStrategy.noWatermarks());
    DataStream<Alert> alerts =
        logins.keyBy(Login::user).process(new FailureStreak()).name("streaks").uid("streaks");
    topics.results(alerts, Alert.class, Alert::user);
    environment.execute("login-tracker");
  }
}
