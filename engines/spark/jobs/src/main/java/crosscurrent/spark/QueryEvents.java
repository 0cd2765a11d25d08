package crosscurrent.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Passes on what Spark tells of the queries; `progress` is StreamingQueryProgress in Spark's own JSON. */
final class QueryEvents extends StreamingQueryListener {
  private final EventLines lines;
  private final Map<UUID, String> names = new ConcurrentHashMap<>();

  QueryEvents(EventLines lines) {
    this.lines = lines;
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {
    names.put(event.runId(), event.name());
    lines.emit(lines.event("query-started").put("query", event.name()));
  }

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    ObjectNode line = lines.event("progress").put("query", event.progress().name());
    lines.emit(line, "progress", event.progress().json());
  }

  @Override
  public void onQueryIdle(QueryIdleEvent event) {
    lines.emit(lines.event("idle").put("query", names.get(event.runId())));
  }

  @Override
  public void onQueryTerminated(QueryTerminatedEvent event) {
    ObjectNode line = lines.event("query-terminated").put("query", names.get(event.runId()));
    if (event.exception().isDefined()) line.put("exception", event.exception().get());
    lines.emit(line);
  }
}
