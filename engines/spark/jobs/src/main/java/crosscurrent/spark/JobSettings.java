package crosscurrent.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.streaming.Trigger;

/**
 * The command line: {@code --name value} pairs. {@code --conf}, {@code --source} and {@code --sink} take {@code key=value} and may be
 * repeated; they reach Spark's configuration, the Kafka source and the Kafka sink unchanged.
 *
 * @param deadLetterTopic where broken records go; without it they are only counted
 * @param checkpointFolder an absolute path, or a URI of a file system that the executors share; each query has a folder in it
 * @param trigger a number of milliseconds; 0: back to back. Spark's real-time mode runs no query that aggregates or keeps state
 */
record JobSettings(
    Job job,
    String master,
    String brokers,
    String inputTopic,
    String outputTopic,
    Optional<String> deadLetterTopic,
    String checkpointFolder,
    Trigger trigger,
    StateStore stateStore,
    Map<String, String> sparkConf,
    Map<String, String> sourceOptions,
    Map<String, String> sinkOptions) {

  private static final Set<String> NAMES =
      Set.of(
          "workload",
          "operator",
          "master",
          "brokers",
          "input-topic",
          "output-topic",
          "dead-letter-topic",
          "checkpoint-folder",
          "trigger",
          "state-store");

  /** @throws IllegalArgumentException naming the argument that is missing, unknown or wrong */
  static JobSettings parse(String[] arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, Map<String, String>> options =
        Map.of("conf", new LinkedHashMap<>(), "source", new LinkedHashMap<>(), "sink", new LinkedHashMap<>());
    for (int index = 0; index < arguments.length; index += 2) {
      if (!arguments[index].startsWith("--")) throw new IllegalArgumentException("no option: " + arguments[index]);
      String name = arguments[index].substring(2);
      if (index + 1 == arguments.length) throw new IllegalArgumentException("--" + name + " needs a value");
      String value = arguments[index + 1];
      if (options.containsKey(name)) addPair(options.get(name), name, value);
      else if (!NAMES.contains(name)) throw new IllegalArgumentException("unknown option --" + name);
      else if (values.put(name, value) != null) throw new IllegalArgumentException("--" + name + " is given twice");
    }
    return new JobSettings(
        job(required(values, "workload"), values.get("operator")),
        required(values, "master"),
        required(values, "brokers"),
        required(values, "input-topic"),
        required(values, "output-topic"),
        Optional.ofNullable(values.get("dead-letter-topic")),
        required(values, "checkpoint-folder"),
        trigger(required(values, "trigger")),
        StateStore.named(required(values, "state-store")),
        options.get("conf"),
        options.get("source"),
        options.get("sink"));
  }

  private static Job job(String workload, String operator) {
    if (operator != null && !workload.equals("login-tracker")) {
      throw new IllegalArgumentException("--operator is for login-tracker only");
    }
    return switch (workload) {
      case "merchant-spend" -> new MerchantSpend();
      case "regional-revenue" -> new RegionalRevenue();
      case "login-tracker" -> new LoginTracker(StatefulOperator.named(operator));
      default -> throw new IllegalArgumentException("unknown workload: " + workload);
    };
  }

  private static Trigger trigger(String text) {
    try {
      return Trigger.ProcessingTime(Long.parseLong(text));
    } catch (NumberFormatException error) {
      throw new IllegalArgumentException("--trigger is no number of milliseconds: " + text, error);
    }
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) throw new IllegalArgumentException("--" + name + " is missing");
    return value;
  }

  private static void addPair(Map<String, String> pairs, String name, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) throw new IllegalArgumentException("--" + name + " takes key=value, not " + pair);
    pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
  }
}
