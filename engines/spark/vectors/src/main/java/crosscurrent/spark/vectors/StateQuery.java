package crosscurrent.spark.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsWithStateFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.GroupState;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** Duplicates dropped, or a function per group with a time-out. */
record StateQuery(
    String type,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> keys,
    Integer watermarkDelayMs,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer timeoutMs,
    String outputMode,
    boolean noDataBatches)
    implements DrawnQuery {
  private static final String GROUPS = "flatMapGroupsWithState";
  private static final String WITHIN = "dropDuplicatesWithinWatermark";
  private static final StructType COUNTED = StructType.fromDDL("key STRING, count BIGINT, timedOut BOOLEAN");
  private static final Encoder<Tuple2<Long, Long>> COUNT_AND_LAST =
      Encoders.tuple(Encoders.LONG(), Encoders.LONG());

  static StateQuery draw(Dice dice) {
    Integer delay = dice.of(0, 500, 2_000, 5_000, 10_000);
    boolean noDataBatches = dice.oneIn(2);
    switch (dice.below(6)) {
      case 0:
        return new StateQuery("dropDuplicates", List.of("key"), null, null, "append", noDataBatches);
      case 1:
        return new StateQuery(
            "dropDuplicates", List.of("key", "timestampMs"), delay, null, "append", noDataBatches);
      case 2:
        return new StateQuery("dropDuplicates", List.of("key"), delay, null, "append", noDataBatches);
      case 3:
        List<String> keys = dice.oneIn(2) ? List.of("key") : List.of("key", "value");
        // Spark refuses it where there is no watermark.
        return new StateQuery(WITHIN, keys, dice.oneIn(20) ? null : delay, null, "append", noDataBatches);
      default:
        int timeout = dice.of(0, 1, 3_000, 10_000);
        String mode = dice.oneIn(3) ? "append" : "update";
        return new StateQuery(GROUPS, null, dice.oneIn(40) ? null : delay, timeout, mode, noDataBatches);
    }
  }

  @Override
  public List<String> columns() {
    return type.equals(GROUPS) ? List.of(COUNTED.fieldNames()) : List.of(Element.SCHEMA.fieldNames());
  }

  @Override
  public Dataset<Row> on(Dataset<Row> input) {
    Dataset<Row> rows =
        watermarkDelayMs == null ? input : input.withWatermark("time", watermarkDelayMs + " milliseconds");
    // The watermark belongs to the column of times.
    String[] names =
        keys == null
            ? new String[0]
            : keys.stream().map(name -> name.equals("timestampMs") ? "time" : name).toArray(String[]::new);
    switch (type) {
      // The time stays in the result: Spark would prune a column that nobody reads, and then no row is late.
      case "dropDuplicates":
        return rows.dropDuplicates(names);
      case WITHIN:
        return rows.dropDuplicatesWithinWatermark(names);
      default:
        OutputMode mode = outputMode.equals("update") ? OutputMode.Update() : OutputMode.Append();
        return rows.groupByKey((MapFunction<Row, String>) row -> row.getAs("key"), Encoders.STRING())
            .flatMapGroupsWithState(
                counting(timeoutMs, outputMode.equals("update")),
                mode,
                COUNT_AND_LAST,
                Encoders.row(COUNTED),
                GroupStateTimeout.EventTimeTimeout())
            .toDF();
    }
  }

  /** The function of the vectors. */
  private static FlatMapGroupsWithStateFunction<String, Row, Tuple2<Long, Long>, Row> counting(
      int timeoutMs, boolean tellsCounts) {
    return (key, rows, state) -> {
      if (state.hasTimedOut()) {
        Row last = RowFactory.create(key, state.get()._1(), true);
        state.remove();
        return List.of(last).iterator();
      }
      return count(key, rows, state, timeoutMs, tellsCounts);
    };
  }

  private static Iterator<Row> count(
      String key, Iterator<Row> rows, GroupState<Tuple2<Long, Long>> state, int timeoutMs, boolean tells) {
    long count = state.exists() ? state.get()._1() : 0;
    long last = state.exists() ? state.get()._2() : Long.MIN_VALUE;
    while (rows.hasNext()) {
      count++;
      last = Math.max(last, rows.next().<Long>getAs("timestampMs"));
    }
    state.update(new Tuple2<>(count, last));
    state.setTimeoutTimestamp(Math.max(last + timeoutMs, state.getCurrentWatermarkMs() + 1));
    return tells ? List.of(RowFactory.create(key, count, false)).iterator() : List.<Row>of().iterator();
  }

  @Override
  public int unitMs() {
    return timeoutMs == null || timeoutMs < 1_000 ? 3_000 : timeoutMs;
  }

  @Override
  public List<String> identity() {
    return keys == null ? List.of() : keys;
  }
}
