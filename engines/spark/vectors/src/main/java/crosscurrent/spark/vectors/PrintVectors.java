package crosscurrent.spark.vectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a vector file of each kind: {@code PrintVectors SEED CASES FOLDER SCRATCH}. Says of each its name, as a line of JSON. One local
 * Spark for all cases; several queries run at a time, since one waits for files most of its time.
 */
public final class PrintVectors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUERIES_AT_A_TIME = 4;

  private PrintVectors() {}

  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    int cases = Integer.parseInt(arguments[1]);
    Path folder = Path.of(arguments[2]);
    Path scratch = Path.of(arguments[3]);
    Map<String, Function<Dice, DrawnQuery>> kinds = new LinkedHashMap<>();
    kinds.put("spark-windows", WindowQuery::draw);
    kinds.put("spark-state", StateQuery::draw);
    SparkSession spark = session(scratch);
    Map<Boolean, SparkSession> sessions = Map.of(true, session(spark, true), false, session(spark, false));
    ExecutorService queries = Executors.newFixedThreadPool(QUERIES_AT_A_TIME);
    for (var kind : kinds.entrySet()) {
      String name = kind.getKey();
      Dice dice = new Dice(seed, name);
      List<Future<Map<String, Object>>> printed = new ArrayList<>();
      for (int number = 1; number <= cases; number++) {
        String id = "seed" + seed + "-" + number;
        DrawnQuery query = kind.getValue().apply(dice);
        List<List<Element>> batches = Batches.draw(dice, query);
        Path checkpoints = scratch.resolve(name + "-" + number);
        SparkSession session = sessions.get(query.noDataBatches());
        printed.add(queries.submit(() -> vector(session, id, query, batches, checkpoints)));
      }
      write(folder.resolve(name + ".jsonl"), printed);
      System.out.println(JSON.writeValueAsString(Map.of("file", name + ".jsonl")));
    }
    // Threads of Spark outlive its session.
    System.exit(0);
  }

  private static SparkSession session(Path scratch) {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", scratch.toString())
        .config("spark.sql.warehouse.dir", scratch.resolve("warehouse").toUri().toString())
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 1)
        // Each query is run once over a handful of rows: what compiling and housekeeping would save, they never earn.
        .config("spark.sql.codegen.wholeStage", false)
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.ui.explainMode", "simple")
        .config("spark.sql.streaming.stateStore.stateSchemaCheck", false)
        .config("spark.sql.streaming.stateStore.maintenanceInterval", "1h")
        .config("spark.sql.streaming.checkpoint.fileChecksum.enabled", false)
        .getOrCreate();
  }

  /** The setting is one of a session. */
  private static SparkSession session(SparkSession spark, boolean noDataBatches) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.streaming.noDataMicroBatches.enabled", noDataBatches);
    return session;
  }

  private static Map<String, Object> vector(
      SparkSession spark, String id, DrawnQuery query, List<List<Element>> batches, Path checkpoints)
      throws Exception {
    Map<String, Object> vector = new LinkedHashMap<>();
    vector.put("id", id);
    vector.put("source", "Spark " + spark.version() + " MemoryStream");
    vector.put("query", query);
    vector.put("batches", batches);
    vector.putAll(QueryRun.of(spark, query, batches, checkpoints));
    return vector;
  }

  private static void write(Path file, List<Future<Map<String, Object>>> printed) throws Exception {
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (Future<Map<String, Object>> vector : printed) line(lines, vector.get());
    }
  }

  private static void line(BufferedWriter lines, Map<String, Object> vector) throws IOException {
    lines.write(JSON.writeValueAsString(vector));
    lines.newLine();
  }
}
