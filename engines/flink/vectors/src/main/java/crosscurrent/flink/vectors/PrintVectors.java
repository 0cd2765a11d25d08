package crosscurrent.flink.vectors;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a vector file of each kind: {@code PrintVectors SEED CASES FOLDER}. Says of each, as a line of JSON, what it left out. */
public final class PrintVectors {
  private PrintVectors() {}

  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    int cases = Integer.parseInt(arguments[1]);
    Path folder = Path.of(arguments[2]);
    Map<String, Cases> kinds = new LinkedHashMap<>();
    kinds.put("flink-windows", new WindowCases());
    kinds.put("flink-cep", new PatternCases());
    kinds.put("flink-watermarks", new WatermarkCases());
    kinds.put("flink-keyed-timers", new TimerCases());
    for (var kind : kinds.entrySet()) {
      String file = kind.getKey() + ".jsonl";
      Dice dice = new Dice(seed, kind.getKey());
      try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve(file))) {
        Map<String, Integer> leftOut = print(kind.getValue(), dice, seed, cases, lines);
        System.out.println(Json.text(new Printed(file, leftOut)));
      }
    }
    // Threads of Flink's test harnesses outlive them.
    System.exit(0);
  }

  private record Printed(String file, Map<String, Integer> leftOut) {}

  /** Another case takes the place of one on which Flink fails; where it fails on most, something else is wrong. */
  private static Map<String, Integer> print(
      Cases kind, Dice dice, long seed, int cases, BufferedWriter lines) throws Exception {
    Map<String, Integer> leftOut = new TreeMap<>();
    int drawn = 0;
    for (int printed = 0; printed < cases; drawn++) {
      try {
        lines.write(Json.text(kind.next("seed" + seed + "-" + (drawn + 1), dice)));
        lines.newLine();
        printed++;
      } catch (Exception failure) {
        leftOut.merge(failure.toString(), 1, Integer::sum);
        if (drawn > 2 * cases) throw failure;
      }
    }
    return leftOut;
  }
}
