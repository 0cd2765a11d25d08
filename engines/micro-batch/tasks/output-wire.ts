import type { TaskOutput } from '../execution/index.ts';
import { packBatch, unpackBatch, type WireBatch } from './column-wire.ts';
import type { TextReceiver } from './text-receiver.ts';
import type { TextSender, WireTexts } from './text-sender.ts';

/** What a thread's tasks made of a batch, on its way to the main thread. */
export interface WireOutputs {
  readonly outputs: readonly (Omit<TaskOutput, 'partitions'> & {
    readonly partitions: readonly (Omit<TaskOutput['partitions'][number], 'batch'> & {
      readonly batch: WireBatch;
    })[];
  })[];
  readonly texts: readonly WireTexts[];
}

/** Takes outputs apart; the memory to transfer is that of their columns. */
export function packOutputs(outputs: readonly TaskOutput[], texts: TextSender) {
  const transfer = new Set<ArrayBufferLike>();
  const packed = outputs.map((output) => ({
    ...output,
    partitions: output.partitions.map((partition) => ({
      ...partition,
      batch: packBatch(partition.batch, texts, transfer),
    })),
  }));
  const wire: WireOutputs = { outputs: packed, texts: texts.takeTexts() };
  return { wire, transfer: [...transfer] as ArrayBuffer[] };
}

export function unpackOutputs(
  { outputs, texts }: WireOutputs,
  receiver: TextReceiver,
): readonly TaskOutput[] {
  receiver.receive(texts);
  return outputs.map((output) => ({
    ...output,
    partitions: output.partitions.map((partition) => ({
      ...partition,
      batch: unpackBatch(partition.batch, receiver),
    })),
  }));
}
