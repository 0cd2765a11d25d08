package crosscurrent.spark.vectors;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_millis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Sum and count in windows of event time. */
record WindowQuery(
    Window window, int watermarkDelayMs, List<String> groupBy, String outputMode, boolean noDataBatches)
    implements DrawnQuery {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Window(String type, Integer sizeMs, Integer slideMs, Integer offsetMs, Integer gapMs) {}

  static WindowQuery draw(Dice dice) {
    Window window = drawWindow(dice);
    boolean isSession = window.gapMs != null;
    // Spark refuses sessions without another key, and in update mode.
    boolean isKeyed = isSession ? !dice.oneIn(40) : !dice.oneIn(3);
    boolean isUpdate = isSession ? dice.oneIn(40) : dice.oneIn(2);
    return new WindowQuery(
        window,
        dice.of(0, 500, 1_000, 1_500, 2_000, 5_000, 10_000),
        isKeyed ? List.of("window", "key") : List.of("window"),
        isUpdate ? "update" : "append",
        dice.oneIn(2));
  }

  private static Window drawWindow(Dice dice) {
    int size = dice.of(1_000, 1_500, 5_000, 10_000);
    switch (dice.below(10)) {
      case 0, 1, 2, 3:
        return new Window("tumbling", size, null, offset(dice, size), null);
      case 4, 5, 6:
        int slide = dice.of(size, size / 2, size / 5, 2 * size / 5, size - 300);
        return new Window("sliding", size, slide, offset(dice, slide), null);
      default:
        return new Window("session", null, null, null, dice.of(1_000, 5_000, 10_000));
    }
  }

  private static int offset(Dice dice, int slideMs) {
    return dice.oneIn(3) ? dice.between(1 - slideMs, slideMs - 1) : 0;
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("startMs", "endMs", "sum", "count"));
    if (groupBy.contains("key")) columns.add(0, "key");
    return columns;
  }

  @Override
  public Dataset<Row> on(Dataset<Row> input) {
    Column windowOfRow =
        window.gapMs != null
            ? session_window(col("time"), ms(window.gapMs))
            : functions.window(
                col("time"),
                ms(window.sizeMs),
                ms(window.slideMs == null ? window.sizeMs : window.slideMs),
                ms(window.offsetMs));
    List<Column> keys = new ArrayList<>(List.of(windowOfRow.as("window")));
    if (groupBy.contains("key")) keys.add(col("key"));
    return input
        .withWatermark("time", ms(watermarkDelayMs))
        .groupBy(keys.toArray(Column[]::new))
        .agg(sum("value").as("sum"), count(lit(1)).as("count"))
        .withColumn("startMs", unix_millis(col("window.start")))
        .withColumn("endMs", unix_millis(col("window.end")))
        .select(columns().stream().map(name -> col(name)).toArray(Column[]::new));
  }

  @Override
  public int unitMs() {
    return window.gapMs == null ? window.sizeMs : window.gapMs;
  }

  private static String ms(int duration) {
    return duration + " milliseconds";
  }
}
