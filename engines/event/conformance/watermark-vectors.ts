import { z } from 'zod';
import type { VectorOutcome } from '../../pipeline/index.ts';
import {
  BoundedOutOfOrderness,
  IdlenessDetection,
  StatusWatermarkValve,
  type WatermarkGenerator,
  WatermarkMultiplexer,
  type WatermarkOutput,
  type WatermarkStatus,
} from '../time/index.ts';
import { compareSteps, parseVector, vectorTimeMs } from './vector-format.ts';

type Emitted = { readonly watermarkMs: number } | { readonly status: WatermarkStatus };

const status = z.enum(['active', 'idle']);
const emitted = z.union([z.strictObject({ watermarkMs: vectorTimeMs }), z.strictObject({ status })]);
const common = { id: z.string(), source: z.string(), expected: z.array(z.array(emitted)) };

const valveSchema = z.object({
  ...common,
  kind: z.literal('valve'),
  inputs: z.int().positive(),
  steps: z.array(
    z.union([
      z.strictObject({ input: z.int(), watermarkMs: vectorTimeMs }),
      z.strictObject({ input: z.int(), status }),
    ]),
  ),
});

const generatorSchema = z.object({
  ...common,
  kind: z.literal('generator'),
  strategy: z.strictObject({
    boundedOutOfOrdernessMs: z.int(),
    idleTimeoutMs: z.int().positive().optional(),
  }),
  steps: z.array(
    z.union([
      z.strictObject({ eventTimestampMs: vectorTimeMs }),
      z.strictObject({ periodic: z.literal(true) }),
      z.strictObject({ advanceClockMs: z.int() }),
    ]),
  ),
});

const multiplexerSchema = z.object({
  ...common,
  kind: z.literal('multiplexer'),
  steps: z.array(
    z.union([
      z.strictObject({ register: z.string() }),
      z.strictObject({ unregister: z.string() }),
      z.strictObject({ periodic: z.literal(true) }),
      z.strictObject({
        input: z.string(),
        output: z.enum(['immediate', 'deferred']),
        watermarkMs: vectorTimeMs,
      }),
      z.strictObject({ input: z.string(), output: z.enum(['immediate', 'deferred']), status }),
    ]),
  ),
});

const schema = z.discriminatedUnion('kind', [valveSchema, generatorSchema, multiplexerSchema]);

/** Runs a case of flink-watermarks through the valve, a generator or the multiplexer of this engine. */
export function runWatermarkVector(vectorCase: unknown): VectorOutcome {
  const vector = parseVector('flink-watermarks', schema, vectorCase);
  switch (vector.kind) {
    case 'valve':
      return compareSteps(vector.expected, runValve(vector));
    case 'generator':
      return compareSteps(vector.expected, runGenerator(vector));
    case 'multiplexer':
      return compareSteps(vector.expected, runMultiplexer(vector));
    default:
      return vector satisfies never;
  }
}

function runValve({ inputs, steps }: z.output<typeof valveSchema>): Emitted[][] {
  const output = new RecordingOutput();
  const valve = new StatusWatermarkValve(inputs, output);
  return steps.map((step) => {
    if ('status' in step) valve.inputStatus(step.input, step.status);
    else valve.inputWatermark(step.input, step.watermarkMs);
    return output.take();
  });
}

function runGenerator({ strategy, steps }: z.output<typeof generatorSchema>): Emitted[][] {
  const output = new RecordingOutput();
  let nowMs = 1_000;
  let generator: WatermarkGenerator = new BoundedOutOfOrderness(strategy.boundedOutOfOrdernessMs);
  if (strategy.idleTimeoutMs !== undefined) {
    generator = new IdlenessDetection(generator, strategy.idleTimeoutMs, () => nowMs);
  }
  return steps.map((step) => {
    if ('advanceClockMs' in step) nowMs += step.advanceClockMs;
    else if ('periodic' in step) generator.onPeriodicEmit(output);
    else generator.onEvent(step.eventTimestampMs);
    return output.take();
  });
}

function runMultiplexer({ steps }: z.output<typeof multiplexerSchema>): Emitted[][] {
  const output = new RecordingOutput();
  const multiplexer = new WatermarkMultiplexer(output);
  return steps.map((step) => {
    if ('register' in step) multiplexer.register(step.register);
    else if ('unregister' in step) multiplexer.unregister(step.unregister);
    else if ('periodic' in step) multiplexer.onPeriodicEmit();
    else {
      const partition =
        step.output === 'immediate'
          ? multiplexer.immediateOutput(step.input)
          : multiplexer.deferredOutput(step.input);
      if ('status' in step) partition.emitStatus(step.status);
      else partition.emitWatermark(step.watermarkMs);
    }
    return output.take();
  });
}

class RecordingOutput implements WatermarkOutput {
  #emitted: Emitted[] = [];

  emitWatermark(watermarkMs: number): void {
    this.#emitted.push({ watermarkMs });
  }

  emitStatus(status: WatermarkStatus): void {
    this.#emitted.push({ status });
  }

  take(): Emitted[] {
    const emitted = this.#emitted;
    this.#emitted = [];
    return emitted;
  }
}
