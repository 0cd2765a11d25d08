import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { kafkaErrors } from '../errors.ts';

/** Codec numbers of the attributes' low three bits (Kafka's CompressionType). */
const CODEC_NAMES: Readonly<Record<number, string>> = { 1: 'gzip', 2: 'snappy', 3: 'lz4', 4: 'zstd' };

/**
 * The records of a compressed batch. gzip and zstd come with Node; a batch of another codec fails with
 * KAFKA_COMPRESSION_UNSUPPORTED and its name, one that does not unpack with KAFKA_BATCH_CORRUPT.
 */
export function decompress(codec: number, bytes: Uint8Array, offset: number): Buffer {
  const name = CODEC_NAMES[codec] ?? `codec ${codec}`;
  try {
    if (codec === 1) return gunzipSync(bytes);
    if (codec === 4) return zstdDecompressSync(bytes);
  } catch (cause) {
    throw kafkaErrors.error(
      'KAFKA_BATCH_CORRUPT',
      { offset, reason: `its ${name} data does not unpack` },
      cause,
    );
  }
  throw kafkaErrors.error('KAFKA_COMPRESSION_UNSUPPORTED', { codec: name, offset });
}
