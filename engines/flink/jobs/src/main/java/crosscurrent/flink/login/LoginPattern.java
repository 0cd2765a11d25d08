package crosscurrent.flink.login;

import crosscurrent.flink.json.Undecodable;
import crosscurrent.flink.kafka.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** The login tracker as a pattern: five failures in a row within less than 30 s, per user. Alerts come with the watermark. */
public final class LoginPattern {
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private LoginPattern() {}

  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    define(environment, new Topics(arguments));
    environment.execute("login-pattern");
  }

  public static void define(StreamExecutionEnvironment environment, Topics topics) {
    DataStream<Login> logins = topics.events(environment, Login.class, watermarks());
    topics.results(alerts(logins), Alert.class, Alert::user);
  }

  static DataStream<Alert> alerts(DataStream<Login> logins) {
    Pattern<Login, ?> failures =
        Pattern.<Login>begin("failures", AfterMatchSkipStrategy.skipPastLastEvent())
            .where(SimpleCondition.of(Login::failed))
            .times(FailureStreak.ALERT_AFTER)
            .consecutive()
            .within(WITHIN);
    return CEP.pattern(logins.keyBy(Login::user), failures)
        .process(new ToAlert())
        .name("pattern")
        .uid("pattern")
        .keyBy(Alert::user)
        .process(new NumberAlerts())
        .name("ordinals")
        .uid("ordinals");
  }

  /** A user's attempts are all in one partition, in the order of their times. */
  private static WatermarkStrategy<Either<Undecodable, Login>> watermarks() {
    return WatermarkStrategy.<Either<Undecodable, Login>>forMonotonousTimestamps()
        .withTimestampAssigner(
            (record, kafkaTimestampMs) -> record.isRight() ? record.right().tsMs() : Long.MIN_VALUE);
  }

  private static final class ToAlert extends PatternProcessFunction<Login, Alert> {
    @Override
    public void processMatch(Map<String, List<Login>> match, Context context, Collector<Alert> out) {
      List<Login> failures = match.get("failures");
      Login first = failures.get(0);
      out.collect(Alert.of(first.user(), first.tsMs(), failures.get(failures.size() - 1).tsMs(), 0));
    }
  }
}
