package crosscurrent.spark;

import org.apache.spark.sql.SparkSession;

/** Spark's session, with what a driver on one machine needs. */
final class Session {
  private Session() {}

  static SparkSession open(JobSettings settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("crosscurrent")
            .master(settings.master())
            .config("spark.ui.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.streaming.stateStore.providerClass", settings.stateStore().providerClass());
    if (isLocal(settings)) {
      builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1");
    }
    settings.sparkConf().forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Whether all tasks run in this process. */
  static boolean isLocal(JobSettings settings) {
    return settings.master().startsWith("local");
  }
}
