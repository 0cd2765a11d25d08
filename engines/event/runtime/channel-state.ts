import type { Row } from '../../pipeline/index.ts';
import { type ChannelInput, ENTRY, type RawRecord, type WaitingEntry } from '../exchange/index.ts';
import { nodeFileSystem } from '../file-system/index.ts';
import {
  ByteReader,
  ByteWriter,
  type KeyGroupRange,
  keyGroupOf,
  readKey,
  readSnapshotFile,
  type SnapshotSection,
  writeKey,
  writeSnapshotFile,
} from '../state/index.ts';

/**
 * Channel state: the elements that a barrier overtook, in a snapshot file by key group, so that at another parallelism each goes to the slot
 * of its key. Watermarks and statuses are left out: restored sources tell theirs anew, and a later watermark is a legal one.
 */
export async function writeChannelState(
  path: string,
  maxParallelism: number,
  inputs: readonly ChannelInput[],
  entries: readonly WaitingEntry[],
): Promise<{ readonly bytes: number }> {
  return writeSnapshotFile(nodeFileSystem, path, maxParallelism, sections(maxParallelism, inputs, entries));
}

/** The elements of these key groups, in their order for each key. Rejects as `readSnapshotFile` does. */
export async function readChannelState(
  paths: readonly string[],
  maxParallelism: number,
  keyGroups: KeyGroupRange,
  inputs: readonly ChannelInput[],
): Promise<WaitingEntry[]> {
  const entries: WaitingEntry[] = [];
  for (const path of paths) {
    await readSnapshotFile(nodeFileSystem, path, maxParallelism, keyGroups, ({ records }) => {
      const reader = new ByteReader(records);
      while (!reader.atEnd) entries.push(readElement(reader, inputs));
    });
  }
  return entries;
}

async function* sections(
  maxParallelism: number,
  inputs: readonly ChannelInput[],
  entries: readonly WaitingEntry[],
): AsyncGenerator<SnapshotSection, void> {
  const groups = new Map<number, ByteWriter>();
  for (const entry of entries) {
    if (entry.kind !== ENTRY.element && entry.kind !== ENTRY.secondElement) continue;
    const keyGroup = keyGroupOf(entry.key, maxParallelism);
    let writer = groups.get(keyGroup);
    if (writer === undefined) {
      writer = new ByteWriter(256);
      groups.set(keyGroup, writer);
    }
    writeElement(entry, writer, inputs);
  }
  for (const [keyGroup, writer] of groups) {
    yield { part: 'channels', keyGroup, removed: false, records: writer.view() };
  }
}

function writeElement(entry: WaitingEntry, writer: ByteWriter, inputs: readonly ChannelInput[]): void {
  const input = entry.kind === ENTRY.element ? 0 : 1;
  const { layout } = inputs[input] as ChannelInput;
  writer.uint8(input);
  writeKey(entry.key, writer);
  writer.float64(entry.timestampMs);
  for (const { name, text } of layout.fields) {
    const value = entry.row[name];
    if (text) writer.text(value as string);
    else writer.float64(value as number);
  }
  if (layout.withRaw) {
    const { buffer, start, end } = entry.raw as RawRecord;
    writer.uint32(end - start);
    writer.bytes(buffer.subarray(start, end));
  }
}

function readElement(reader: ByteReader, inputs: readonly ChannelInput[]): WaitingEntry {
  const input = reader.uint8();
  const { layout } = inputs[input] as ChannelInput;
  const key = readKey(reader);
  const timestampMs = reader.float64();
  const row: Record<string, string | number> = {};
  for (const { name, text } of layout.fields) row[name] = text ? reader.text() : reader.float64();
  const raw = layout.withRaw ? reader.bytes(reader.uint32()) : undefined;
  return {
    kind: input === 0 ? ENTRY.element : ENTRY.secondElement,
    key,
    row: row as Row,
    timestampMs,
    raw: raw && { buffer: raw, start: 0, end: raw.length },
    source: 0,
    watermarkMs: Number.NEGATIVE_INFINITY,
    checkpointId: 0,
  };
}
