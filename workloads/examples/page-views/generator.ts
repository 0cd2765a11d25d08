import { buildLog, type LogSpecification, type RecordedLog } from '../../authoring.ts';

/** Views: `{"seq":0,"page":"page-017","loadMs":120,"bytes":48211}`. The log's knobs choose the pages; times and sizes are drawn here. */
export function generateViews(specification: LogSpecification): RecordedLog {
  return buildLog(specification, { prefix: 'page-', leastDigits: 3 }, ({ streams }) => ({
    writeEvent({ sequence, keyJson }, writer) {
      writer.text('{"seq":');
      writer.integer(sequence);
      writer.text(',"page":');
      writer.bytes(keyJson);
      writer.text(',"loadMs":');
      writer.integer(20 + streams.traits.below(400));
      writer.text(',"bytes":');
      writer.integer(1_000 + streams.amounts.below(90_000));
      writer.text('}');
    },
  }));
}
