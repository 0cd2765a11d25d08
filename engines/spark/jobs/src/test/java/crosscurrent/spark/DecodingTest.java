package crosscurrent.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class DecodingTest extends SparkTest {
  private static final StructType SCHEMA = new MerchantSpend().inputSchema();

  @Test
  void parsesEachRecordOnce() {
    Dataset<Row> records = SPARK.range(3).selectExpr("cast(string(id) as binary) as key", "cast(string(id) as binary) as value");
    assertEquals(1, parses(Decoding.decoded(records, SCHEMA)));
    assertEquals(1, parses(Decoding.broken(records, SCHEMA)));
  }

  @Test
  void handsBrokenRecordsOnAsTheyCame() {
    Dataset<Row> records =
        SPARK.sql(
            """
            select cast(k as binary) as key, cast(v as binary) as value from values
              ('a', '{"seq":1,"merchant":"a","amountMinor":5,"tsMs":7}'),
              ('b', '{"seq":1,"merchant":"b","amountMinor":5,"tsMs":7'),
              ('c', '{"seq":1,"merchant":"c","amountMinor":5.5,"tsMs":7}') as t(k, v)
            """);
    assertEquals(
        "[[b,{\"seq\":1,\"merchant\":\"b\",\"amountMinor\":5,\"tsMs\":7], [c,{\"seq\":1,\"merchant\":\"c\",\"amountMinor\":5.5,\"tsMs\":7}]]",
        Decoding.broken(records, SCHEMA)
            .selectExpr("cast(key as string)", "cast(value as string)")
            .collectAsList()
            .toString());
    assertEquals(1, Decoding.decoded(records, SCHEMA).count());
  }

  private static long parses(Dataset<Row> rows) {
    return rows.queryExecution().optimizedPlan().toString().split("from_json\\(", -1).length - 1;
  }
}
