package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A watermark or a status that came out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Emitted(Long watermarkMs, String status) {
  static final Emitted IDLE = new Emitted(null, "idle");
  static final Emitted ACTIVE = new Emitted(null, "active");

  static Emitted watermark(long timeMs) {
    return new Emitted(timeMs, null);
  }
}
