package crosscurrent.spark.vectors;

import java.util.Random;

/** Seeded choices: the same seed and kind of vectors give the same cases, and fewer cases are the first of more. */
final class Dice {
  private final Random random;

  Dice(long seed, String kind) {
    random = new Random(31 * seed + kind.hashCode());
  }

  /** From 0 to bound - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both ends included. */
  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  boolean oneIn(int times) {
    return below(times) == 0;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }
}
