package crosscurrent.flink.login;

import crosscurrent.flink.kafka.Topics;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Alerts on five failed logins in a row, per user. */
public final class LoginTracker {
  private LoginTracker() {}

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    define(environment, new Topics(arguments));
    environment.execute("login-tracker");
  }

  public static void define(StreamExecutionEnvironment environment, Topics topics) {
    DataStream<Login> logins = topics.events(environment, Login.class, WatermarkStrategy.noWatermarks());
    DataStream<Alert> alerts =
        logins.keyBy(Login::user).process(new FailureStreak()).name("streaks").uid("streaks");
    topics.results(alerts, Alert.class, Alert::user);
  }
}
