package crosscurrent.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/** What the driver tells its starter: one JSON object a line, each with its kind and the instant (monotonic nanoseconds). */
final class EventLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final LongSupplier monotonicNs;

  EventLines(PrintStream out, LongSupplier monotonicNs) {
    this.out = out;
    this.monotonicNs = monotonicNs;
  }

  ObjectNode event(String kind) {
    return JSON.createObjectNode().put("kind", kind).put("atNs", Long.toString(monotonicNs.getAsLong()));
  }

  /** Adds what is JSON already. */
  void emit(ObjectNode event, String field, String json) {
    try {
      event.set(field, JSON.readTree(json));
    } catch (JsonProcessingException error) {
      throw new IllegalStateException(error);
    }
    emit(event);
  }

  synchronized void emit(ObjectNode event) {
    out.println(event);
    out.flush();
  }
}
