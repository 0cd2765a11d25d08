import { expect, it } from 'vitest';
import { StatusWatermarkValve } from './status-watermark-valve.ts';
import { VALVE_CASES } from './status-watermark-valve-cases.ts';
import { BoundedOutOfOrderness, IdlenessDetection, type WatermarkGenerator } from './watermark-generator.ts';
import { GENERATOR_CASES } from './watermark-generator-cases.ts';
import type { WatermarkOutput } from './watermark-output.ts';

/** `take` gives what was put out since it was last called. */
function record(): { readonly output: WatermarkOutput; readonly take: () => (number | string)[] } {
  const putOut: (number | string)[] = [];
  return {
    output: {
      emitWatermark: (watermarkMs) => putOut.push(watermarkMs),
      emitStatus: (status) => putOut.push(status),
    },
    take: () => putOut.splice(0),
  };
}

it.each(VALVE_CASES)('StatusWatermarkValve: $name', ({ inputs, steps }) => {
  const { output, take } = record();
  const valve = new StatusWatermarkValve(inputs, output);
  for (const [input, given, ...putOut] of steps) {
    if (typeof given === 'number') valve.inputWatermark(input, given);
    else valve.inputStatus(input, given);
    expect(take()).toEqual(putOut);
  }
});

it.each(GENERATOR_CASES)('generator, $name', ({ delayMs, idleTimeoutMs, steps }) => {
  const { output, take } = record();
  let nowMs = 1_000;
  let generator: WatermarkGenerator = new BoundedOutOfOrderness(delayMs);
  if (idleTimeoutMs !== undefined) generator = new IdlenessDetection(generator, idleTimeoutMs, () => nowMs);
  for (const step of steps) {
    if ('eventMs' in step) generator.onEvent(step.eventMs);
    else if ('passMs' in step) nowMs += step.passMs;
    else {
      generator.onPeriodicEmit(output);
      expect(take()).toEqual(step.emits);
    }
  }
});
