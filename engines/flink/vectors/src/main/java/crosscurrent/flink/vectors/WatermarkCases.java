package crosscurrent.flink.vectors;

/** Half of them of the valve, the rest of generators and of the multiplexer. */
final class WatermarkCases implements Cases {
  private final Cases[] turns = {
    new ValveCases(), new GeneratorCases(), new ValveCases(), new MultiplexerCases()
  };
  private int drawn = 0;

  @Override
  public Object next(String id, Dice dice) throws Exception {
    return turns[drawn++ % turns.length].next(id, dice);
  }
}
