package crosscurrent.flink.vectors;

/** Vectors of one form. */
interface Cases {
  /**
   * Draws a case and has the real engine print what is expected of it.
   *
   * @return what Jackson writes as one line
   * @throws Exception where Flink fails on the drawn case, which then is left out
   */
  Object next(String id, Dice dice) throws Exception;
}
