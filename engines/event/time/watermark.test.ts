import { describe, expect, it } from 'vitest';
import { StatusWatermarkValve } from './status-watermark-valve.ts';
import { BoundedOutOfOrderness, IdlenessDetection } from './watermark-generator.ts';
import { WatermarkMultiplexer } from './watermark-multiplexer.ts';
import type { WatermarkOutput } from './watermark-output.ts';

function record(): { readonly emitted: (number | string)[]; readonly output: WatermarkOutput } {
  const emitted: (number | string)[] = [];
  const output: WatermarkOutput = {
    emitWatermark: (watermarkMs) => emitted.push(watermarkMs),
    emitStatus: (status) => emitted.push(status),
  };
  return { emitted, output };
}

describe('BoundedOutOfOrderness', () => {
  it('stays a millisecond behind the delay, and never goes back', () => {
    const generator = new BoundedOutOfOrderness(10_000);
    expect(generator.watermarkMs).toBe(Number.NEGATIVE_INFINITY);
    generator.onEvent(50_000);
    generator.onEvent(45_000);
    expect(generator.watermarkMs).toBe(39_999);
  });
});

describe('IdlenessDetection', () => {
  it('marks a stream idle once, strictly after the timeout, counted from the first emission without a record', () => {
    let nowMs = 0;
    const { emitted, output } = record();
    const generator = new IdlenessDetection(new BoundedOutOfOrderness(0), 100, () => nowMs);
    generator.onEvent(1);
    for (const atMs of [50, 150, 250, 251, 300]) {
      nowMs = atMs;
      generator.onPeriodicEmit(output);
    }
    expect(emitted).toEqual([0, 0, 0, 'idle']);
    generator.onEvent(2);
    generator.onPeriodicEmit(output);
    expect(emitted).toEqual([0, 0, 0, 'idle', 1]);
  });
});

describe('StatusWatermarkValve', () => {
  it('gives the least of the active inputs', () => {
    const { emitted, output } = record();
    const valve = new StatusWatermarkValve(3, output);
    valve.inputWatermark(0, 10);
    valve.inputWatermark(1, 20);
    expect(emitted).toEqual([]);
    valve.inputStatus(2, 'idle');
    expect(emitted).toEqual([10]);
  });

  it('leaves an input that came back behind the output out until it has caught up', () => {
    const { emitted, output } = record();
    const valve = new StatusWatermarkValve(2, output);
    valve.inputStatus(1, 'idle');
    valve.inputWatermark(0, 10);
    valve.inputStatus(1, 'active');
    valve.inputWatermark(1, 5);
    valve.inputWatermark(0, 12);
    expect(emitted).toEqual([10, 12]);
    valve.inputWatermark(1, 12);
    valve.inputWatermark(0, 20);
    expect(emitted).toEqual([10, 12]);
    valve.inputWatermark(1, 13);
    expect(emitted).toEqual([10, 12, 13]);
  });
});

describe('WatermarkMultiplexer', () => {
  it('holds the watermark back for a partition without records until it is idle', () => {
    const { emitted, output } = record();
    const multiplexer = new WatermarkMultiplexer(output);
    multiplexer.register('0');
    multiplexer.register('1');
    multiplexer.deferredOutput('0').emitWatermark(10);
    multiplexer.onPeriodicEmit();
    expect(emitted).toEqual([]);
    multiplexer.deferredOutput('1').emitStatus('idle');
    multiplexer.onPeriodicEmit();
    expect(emitted).toEqual([10]);
  });
});
