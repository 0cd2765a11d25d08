package crosscurrent.spark.vectors;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A query as the vectors write it (engines/conformance/golden/README.md), and what it is in Spark. */
interface DrawnQuery {
  /** `append` or `update`. */
  String outputMode();

  boolean noDataBatches();

  /** Fields of its rows, in the order in which a vector writes them. */
  List<String> columns();

  /** @param input the elements, with their time as {@code time} */
  Dataset<Row> on(Dataset<Row> input);

  /** The length around which times are drawn. */
  int unitMs();

  /** Fields of which rows of one batch may not be alike without being equal; none where any rows will do. */
  default List<String> identity() {
    return List.of();
  }
}
