import { ByteReader, ByteWriter } from './bytes.ts';
import { writeKey } from './key-bytes.ts';
import type { Key } from './key-group.ts';

/*
 * Layout of a RocksDB key: key group (uint16, big endian), number of the table (uint8), then the key and the namespace as they stand in
 * a snapshot's records. So the entries of a key group and table lie together, and a record is the rest of the key and the value.
 */
/** Of key group and table. */
export const PREFIX_BYTES = 3;

const scratch = new ByteWriter(256);

export function encodeStoreKey(keyGroup: number, tableNumber: number, key: Key, namespace: number): Buffer {
  scratch.clear();
  scratch.uint16(keyGroup);
  scratch.uint8(tableNumber);
  writeKey(key, scratch);
  scratch.float64(namespace);
  return scratch.copy();
}

/** The store key of a snapshot record whose key and namespace stand in `record`. */
export function storeKeyOfRecord(keyGroup: number, tableNumber: number, record: Buffer): Buffer {
  const storeKey = Buffer.allocUnsafe(PREFIX_BYTES + record.length);
  storeKey.writeUInt16BE(keyGroup, 0);
  storeKey.writeUInt8(tableNumber, 2);
  record.copy(storeKey, PREFIX_BYTES);
  return storeKey;
}

export function decodeStoreKey(storeKey: Buffer): {
  readonly keyGroup: number;
  readonly tableNumber: number;
  /** Key and namespace as in a snapshot record. */
  readonly record: Buffer;
} {
  const reader = new ByteReader(storeKey);
  return {
    keyGroup: reader.uint16(),
    tableNumber: reader.uint8(),
    record: storeKey.subarray(PREFIX_BYTES),
  };
}
