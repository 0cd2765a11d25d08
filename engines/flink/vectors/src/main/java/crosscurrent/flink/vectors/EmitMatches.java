package crosscurrent.flink.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Emits matches, and those that ran out of time, as JSON: name of a stage to ids of its events. */
final class EmitMatches extends PatternProcessFunction<Event, String>
    implements TimedOutPartialMatchHandler<Event> {
  static final OutputTag<String> TIMED_OUT = new OutputTag<>("timed-out") {};

  @Override
  public void processMatch(Map<String, List<Event>> match, Context context, Collector<String> out)
      throws JsonProcessingException {
    out.collect(ids(match));
  }

  @Override
  public void processTimedOutMatch(Map<String, List<Event>> match, Context context)
      throws JsonProcessingException {
    context.output(TIMED_OUT, ids(match));
  }

  private static String ids(Map<String, List<Event>> match) throws JsonProcessingException {
    Map<String, List<Integer>> ids = new LinkedHashMap<>();
    match.forEach((stage, events) -> ids.put(stage, events.stream().map(Event::id).toList()));
    return Json.text(ids);
  }
}
