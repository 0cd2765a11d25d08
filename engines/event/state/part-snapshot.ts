import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { StatePart } from './backend.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { SnapshotScope } from './copy-on-write.ts';
import type { KeyGroupRange } from './key-group.ts';
import type { SnapshotSection } from './snapshot-file.ts';

/** Sections of the parts, in chunks: the thread does other work between them. */
export async function* sectionsOfParts(
  parts: readonly StatePart[],
  keyGroups: KeyGroupRange,
  scope: SnapshotScope,
): AsyncGenerator<SnapshotSection, void> {
  const writer = new ByteWriter(64 * 1024);
  for (let keyGroup = keyGroups.first; keyGroup <= keyGroups.last; keyGroup++) {
    for (const part of parts) {
      const name = { part: part.name, keyGroup };
      if (scope === 'changes') {
        writer.clear();
        for (const _pause of part.writeRemoved(keyGroup, writer)) await yieldToEventLoop();
        if (writer.length > 0) yield { ...name, removed: true, records: writer.view() };
      }
      writer.clear();
      for (const _pause of part.writeRecords(keyGroup, writer)) await yieldToEventLoop();
      if (writer.length > 0) yield { ...name, removed: false, records: writer.view() };
    }
  }
}

/** Gives a section's records back to its part, or takes out those that were removed. */
export function readSection(part: StatePart, section: SnapshotSection): void {
  const reader = new ByteReader(section.records);
  while (!reader.atEnd) {
    if (section.removed) part.readRemoved(section.keyGroup, reader);
    else part.readRecord(section.keyGroup, reader);
  }
}
