package crosscurrent.spark.vectors;

import static org.apache.spark.sql.functions.expr;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkThrowable;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.streaming.runtime.MemoryStream;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import scala.jdk.javaapi.CollectionConverters;

/** A query over a memory stream: what it puts out and reports at each batch of elements, or that Spark refuses it. */
final class QueryRun {
  private static final List<String> ORDER =
      List.of("startMs", "endMs", "timestampMs", "key", "value", "sum", "count", "timedOut");

  private final DrawnQuery drawn;
  private final MemoryStream<Row> input;
  private final Map<Long, List<Map<String, Object>>> rowsOfBatch = new ConcurrentHashMap<>();
  private StreamingQuery query;
  private int reported;

  private QueryRun(SparkSession session, DrawnQuery drawn) {
    this.drawn = drawn;
    input = MemoryStream.apply(Encoders.row(Element.SCHEMA), session);
  }

  /** Adds {@code expected} or {@code refused} to what a vector says. */
  static Map<String, Object> of(
      SparkSession session, DrawnQuery drawn, List<List<Element>> batches, Path checkpointFolder)
      throws Exception {
    QueryRun run = new QueryRun(session, drawn);
    try {
      run.start(checkpointFolder);
    } catch (Exception failure) {
      return Map.of("refused", refusal("start", failure));
    }
    try {
      List<Object> expected = new ArrayList<>();
      for (List<Element> batch : batches) expected.add(run.batch(batch));
      return Map.of("expected", expected);
    } catch (StreamingQueryException failure) {
      // A failure at a later batch is none of the query, and nothing that a vector could say.
      if (run.reported > 0) throw failure;
      return Map.of("refused", refusal("firstBatch", failure));
    } finally {
      run.query.stop();
    }
  }

  private void start(Path checkpointFolder) throws Exception {
    Dataset<Row> timed = input.toDF().withColumn("time", expr("timestamp_millis(timestampMs)"));
    VoidFunction2<Dataset<Row>, Long> collect =
        (rows, batch) -> rowsOfBatch.put(batch, rows.collectAsList().stream().map(this::row).toList());
    query =
        drawn
            .on(timed)
            .writeStream()
            .foreachBatch(collect)
            .outputMode(drawn.outputMode())
            .option("checkpointLocation", checkpointFolder.toUri().toString())
            .start();
  }

  /** One addData, then batches until nothing is left to do. */
  private Map<String, Object> batch(List<Element> elements) throws StreamingQueryException {
    input.addData(CollectionConverters.asScala(elements.stream().map(Element::row).toList()).toSeq());
    query.processAllAvailable();
    StreamingQueryProgress[] all = query.recentProgress();
    List<Map<String, Object>> progress = new ArrayList<>();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (; reported < all.length; reported++) {
      Map<String, Object> entry = entry(all[reported]);
      if (entry == null) continue;
      progress.add(entry);
      rows.addAll(rowsOfBatch.get(all[reported].batchId()));
    }
    return fields("rows", sorted(rows), "progress", progress);
  }

  /** Null: a look for data that found none. */
  private Map<String, Object> entry(StreamingQueryProgress progress) {
    if (!rowsOfBatch.containsKey(progress.batchId()) || !progress.durationMs().containsKey("addBatch")) return null;
    String watermark = progress.eventTime().get("watermark");
    StateOperatorProgress state = progress.stateOperators()[0];
    return fields(
        "batchId", progress.batchId(),
        "numInputRows", progress.numInputRows(),
        "watermarkMs", watermark == null ? null : Instant.parse(watermark).toEpochMilli(),
        "numRowsDroppedByWatermark", state.numRowsDroppedByWatermark(),
        "numRowsTotal", state.numRowsTotal(),
        "numRowsRemoved", state.numRowsRemoved(),
        "numRowsUpdated", state.numRowsUpdated(),
        "rows", sorted(rowsOfBatch.get(progress.batchId())));
  }

  private Map<String, Object> row(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name : drawn.columns()) values.put(name, row.getAs(name));
    return values;
  }

  private static List<Map<String, Object>> sorted(List<Map<String, Object>> rows) {
    Comparator<Map<String, Object>> order = (left, right) -> 0;
    for (String name : ORDER) order = order.thenComparing((left, right) -> compare(left.get(name), right.get(name)));
    return rows.stream().sorted(order).toList();
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object left, Object right) {
    return left == null || right == null ? 0 : ((Comparable) left).compareTo(right);
  }

  private static Map<String, Object> refusal(String when, Throwable failure) throws Exception {
    Throwable reason = failure;
    while (reason instanceof StreamingQueryException && reason.getCause() != null) reason = reason.getCause();
    // Anything else is a defect of this program.
    if (!(reason instanceof SparkThrowable refusal)) throw new Exception(failure);
    return fields(
        "when", when,
        "exception", reason.getClass().getSimpleName().replace("ExtendedAnalysisException", "AnalysisException"),
        "condition", refusal.getCondition(),
        "message", reason.getMessage().split(";?\n")[0]);
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      fields.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return fields;
  }
}
