package crosscurrent.spark;

/** Says every few seconds that this process runs: batches may be minutes apart, and a driver that hangs says nothing at all. */
final class AliveLines {
  private static final long INTERVAL_MS = 2_000;

  private AliveLines() {}

  static void start(EventLines lines) {
    Thread thread = new Thread(() -> tell(lines), "alive-lines");
    thread.setDaemon(true);
    thread.start();
  }

  private static void tell(EventLines lines) {
    try {
      while (true) {
        lines.emit(lines.event("alive"));
        Thread.sleep(INTERVAL_MS);
      }
    } catch (InterruptedException error) {
      Thread.currentThread().interrupt();
    }
  }
}
