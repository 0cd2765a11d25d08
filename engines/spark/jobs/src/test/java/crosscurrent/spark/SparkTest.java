package crosscurrent.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;

/** One session for all tests; Surefire ends it with its process. */
abstract class SparkTest {
  static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[1]")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", 1)
          .config("spark.sql.session.timeZone", "UTC")
          .getOrCreate();

  @TempDir Path folder;
}
