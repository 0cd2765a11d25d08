import { createRequire } from 'node:module';

/** kafkajs's own record-batch modules, untouched: what the property tests hold our codec against. */
interface Encoded {
  readonly buffer: Buffer;
}

export interface KafkajsRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer | null | (Buffer | null)[]>;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
}

export interface KafkajsBatchOptions {
  readonly compression?: number;
  readonly firstOffset?: number;
  readonly firstTimestamp: number;
  readonly maxTimestamp: number;
  readonly lastOffsetDelta: number;
  readonly transactional?: boolean;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly firstSequence?: number;
  readonly records: readonly Encoded[];
}

const require = createRequire(import.meta.url);
const protocol = 'kafkajs/src/protocol';

const KafkajsEncoder: new () => {
  writeInt32(value: number): { writeBuffer(bytes: Buffer): Encoded };
} = require(`${protocol}/encoder`);
const KafkajsDecoder: new (bytes: Buffer) => object = require(`${protocol}/decoder`);

export const encodeKafkajsRecord: (record: {
  offsetDelta: number;
  timestampDelta: number;
  key: Buffer | string | null;
  value: Buffer | string | null;
  headers?: Record<string, Buffer | string | (Buffer | string)[]>;
}) => Encoded = require(`${protocol}/recordBatch/record/v0`);

export const encodeKafkajsBatch: (options: KafkajsBatchOptions) => Promise<Encoded> = require(
  `${protocol}/recordBatch/v0`,
).RecordBatch;

const decodeMessages: (decoder: object) => Promise<KafkajsRecord[]> = require(
  `${protocol}/requests/fetch/v4/decodeMessages`,
);

/** What kafkajs makes of a fetch response's record bytes. */
export function decodeWithKafkajs(records: Buffer): Promise<KafkajsRecord[]> {
  return decodeMessages(
    new KafkajsDecoder(new KafkajsEncoder().writeInt32(records.length).writeBuffer(records).buffer),
  );
}
