import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { StatePart } from './backend.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { KeyGroupRange } from './key-group.ts';
import type { SnapshotSection } from './snapshot-file.ts';

/** Sections of the parts, in chunks: the thread does other work between them. */
export async function* sectionsOfParts(
  parts: readonly StatePart[],
  keyGroups: KeyGroupRange,
): AsyncGenerator<SnapshotSection, void> {
  const writer = new ByteWriter(64 * 1024);
  for (let keyGroup = keyGroups.first; keyGroup <= keyGroups.last; keyGroup++) {
    for (const part of parts) {
      writer.clear();
      for (const _pause of part.writeRecords(keyGroup, writer)) await yieldToEventLoop();
      if (writer.length > 0) yield { part: part.name, keyGroup, records: writer.view() };
    }
  }
}

/** Gives a section's records back to its part. */
export function readSection(part: StatePart, section: SnapshotSection): void {
  const reader = new ByteReader(section.records);
  while (!reader.atEnd) part.readRecord(section.keyGroup, reader);
}
