package crosscurrent.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryManager;

/**
 * The order to stop, on the standard input: a line {@code drain} reads the topic to its end first; {@code stop}, or the end of the
 * input (the starter is gone), does not. Either way a query stops between two batches: Spark's own stop interrupts the batch under way,
 * which the next start would repeat. A starter that is gone before the queries run ends the process at once.
 */
final class StopOrder {
  private static final long BATCH_WAIT_MS = 5_000;
  private static final long POLL_MS = 2;
  private static final int ORPHANED = 4;

  private final CompletableFuture<StreamingQueryManager> started = new CompletableFuture<>();
  private final Thread reader;

  private StopOrder(InputStream input) {
    reader = new Thread(() -> obey(input), "stop-order");
    reader.setDaemon(true);
  }

  /** Waits for the order in a thread of its own. */
  static StopOrder read(InputStream input) {
    StopOrder order = new StopOrder(input);
    order.reader.start();
    return order;
  }

  /** To be called when the queries run. */
  void isFor(StreamingQueryManager queries) {
    started.complete(queries);
  }

  /** To be called when a query has ended well, hence by an order: returns when all have. */
  void carriedOut() throws InterruptedException {
    reader.join();
  }

  private void obey(InputStream input) {
    String line = line(input);
    if (line == null && !started.isDone()) Runtime.getRuntime().halt(ORPHANED);
    stop(started.join(), "drain".equals(line));
  }

  /** Null at the end of the input. */
  private static String line(InputStream input) {
    try {
      return new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8)).readLine();
    } catch (IOException error) {
      return null;
    }
  }

  private static void stop(StreamingQueryManager queries, boolean drain) {
    try {
      if (drain) for (StreamingQuery query : queries.active()) query.processAllAvailable();
      for (StreamingQuery query : queries.active()) {
        awaitBatchEnd(query);
        query.stop();
      }
    } catch (TimeoutException | InterruptedException error) {
      throw new IllegalStateException(error);
    }
  }

  private static void awaitBatchEnd(StreamingQuery query) throws InterruptedException {
    long deadlineNs = System.nanoTime() + BATCH_WAIT_MS * 1_000_000;
    while (query.isActive() && query.status().isTriggerActive() && System.nanoTime() < deadlineNs) {
      Thread.sleep(POLL_MS);
    }
  }
}
