package crosscurrent.spark;

import org.apache.spark.sql.SparkSession;

/**
 * The driver. It tells what happens on its standard output ({@link EventLines}) and obeys its standard input ({@link StopOrder}). Exit
 * codes: 0 stopped, 1 a query failed, 2 usage.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Main() {}

  public static void main(String[] arguments) {
    EventLines lines = new EventLines(System.out, System::nanoTime);
    try {
      System.exit(run(JobSettings.parse(arguments), lines));
    } catch (IllegalArgumentException error) {
      lines.emit(lines.event("failed").put("message", error.getMessage()));
      System.exit(USAGE);
    }
  }

  private static int run(JobSettings settings, EventLines lines) {
    StopOrder order = StopOrder.read(System.in);
    AliveLines.start(lines);
    SparkSession spark = null;
    try {
      spark = Session.open(settings);
      lines.emit(
          lines
              .event("session-opened")
              .put("sparkVersion", spark.version())
              .put("processId", ProcessHandle.current().pid()));
      spark.streams().addListener(new QueryEvents(lines));
      spark.sparkContext().addSparkListener(new ExecutorEvents(lines));
      if (!Session.isLocal(settings)) ExecutorWait.await(spark.sparkContext());
      new Queries(spark, settings).start();
      order.isFor(spark.streams());
      spark.streams().awaitAnyTermination();
      order.carriedOut();
      return 0;
    } catch (Exception error) {
      // Scala's methods declare none of the checked exceptions that they throw.
      lines.emit(lines.event("failed").put("message", Failure.message(error)));
      return FAILED;
    } finally {
      if (spark != null) spark.stop();
      lines.emit(lines.event("stopped"));
    }
  }
}
