import type { Row } from '../../pipeline/index.ts';
import type { ByteReader, ByteWriter, ValueCodec } from '../state/index.ts';

/** A row that waits for the watermark. Never changed. */
export interface PendingEvent {
  readonly timestampMs: number;
  readonly row: Row;
}

/** In ascending order of time, ties in arrival order. */
export type PendingEvents = PendingEvent[];

export const PENDING_EVENTS_CODEC: ValueCodec<PendingEvents> = {
  copy: (events) => events.slice(),
  write: (events, writer: ByteWriter) => {
    writer.uint32(events.length);
    for (const { timestampMs, row } of events) {
      writer.float64(timestampMs);
      writer.text(JSON.stringify(row));
    }
  },
  read: (reader: ByteReader) =>
    Array.from({ length: reader.uint32() }, () => {
      const timestampMs = reader.float64();
      return { timestampMs, row: JSON.parse(reader.text()) as Row };
    }),
};

/** Puts an event in its place. Rows mostly come in order, so the search starts at the end. */
export function insertEvent(events: PendingEvents, event: PendingEvent): void {
  let place = events.length;
  while (place > 0 && (events[place - 1] as PendingEvent).timestampMs > event.timestampMs) place -= 1;
  if (place === events.length) events.push(event);
  else events.splice(place, 0, event);
}

/** Takes out what is not after this time, in order. */
export function takeDue(events: PendingEvents, timeMs: number): readonly PendingEvent[] {
  const first = events.findIndex(({ timestampMs }) => timestampMs > timeMs);
  return events.splice(0, first < 0 ? events.length : first);
}
