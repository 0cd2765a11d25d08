import type { RecordedLog } from '../../../workloads/index.ts';

/**
 * What an event-driven engine puts out for a log of merchant-spend: a result for each input, in the input's partition and place. In the
 * shape of a log, so that replay can send it.
 */
export function spendResults(log: RecordedLog): RecordedLog {
  const totals = new Float64Array(log.keys.length);
  const counts = new Uint32Array(log.keys.length);
  const source = Buffer.from(log.values.buffer, log.values.byteOffset, log.values.byteLength);
  const valueStart = new Uint32Array(new SharedArrayBuffer((log.count + 1) * Uint32Array.BYTES_PER_ELEMENT));
  let target = Buffer.from(new SharedArrayBuffer(Math.max(1_024, log.values.length)));
  let end = 0;
  for (let sequence = 0; sequence < log.count; sequence += 1) {
    const payment = source.toString('latin1', log.valueStart[sequence], log.valueStart[sequence + 1]);
    const key = log.keyOf[sequence] as number;
    const count = (counts[key] as number) + 1;
    const totalMinor = (totals[key] as number) + Number(/"amountMinor":(\d+)/.exec(payment)?.[1]);
    counts[key] = count;
    totals[key] = totalMinor;
    const result = `{"merchant":"${log.keys[key]}","count":${count},"totalMinor":${totalMinor}}`;
    if (end + result.length > target.length) {
      const larger = Buffer.from(new SharedArrayBuffer(2 * target.length));
      larger.set(target);
      target = larger;
    }
    end += target.write(result, end, 'latin1');
    valueStart[sequence + 1] = end;
  }
  return { ...log, values: new Uint8Array(target.buffer, target.byteOffset, end), valueStart };
}
