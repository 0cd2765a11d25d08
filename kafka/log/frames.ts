import type { Socket } from 'node:net';
import type { Parcel } from './protocol.ts';

/** Lengths of the frame behind this field, of the message within it; and the number that pairs request and reply. */
const HEADER_BYTES = 12;
const LENGTH_BYTES = 4;
const MAX_FRAME_BYTES = 1 << 30;

/** Frame: length, correlation id, length of the message (each uint32), the message as JSON, the payload. */
export function writeFrame(
  socket: Socket,
  correlationId: number,
  { message, payload }: Parcel<unknown>,
): void {
  const text = Buffer.from(JSON.stringify(message));
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(HEADER_BYTES - LENGTH_BYTES + text.length + payload.length, 0);
  header.writeUInt32BE(correlationId, 4);
  header.writeUInt32BE(text.length, 8);
  socket.cork();
  socket.write(header);
  socket.write(text);
  if (payload.length > 0) socket.write(payload);
  socket.uncork();
}

/**
 * Calls `onFrame` for each whole frame that comes in. Each payload is memory of its own, so whoever holds it keeps no more
 * than that. An impossible frame, i.e. a peer that speaks something else, ends the connection.
 */
export function readFrames(
  socket: Socket,
  onFrame: (correlationId: number, parcel: Parcel<unknown>) => void,
): void {
  const lengthField = Buffer.alloc(LENGTH_BYTES);
  let target: Buffer = lengthField;
  let filled = 0;
  socket.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(target, filled, at);
      at += copied;
      filled += copied;
      if (filled < target.length) continue;
      filled = 0;
      if (target === lengthField) {
        const length = lengthField.readUInt32BE(0);
        if (length < HEADER_BYTES - LENGTH_BYTES || length > MAX_FRAME_BYTES) {
          socket.destroy();
          return;
        }
        target = Buffer.allocUnsafeSlow(length);
      } else {
        const frame = target;
        target = lengthField;
        const textEnd = 8 + frame.readUInt32BE(4);
        let message: unknown;
        try {
          message = JSON.parse(frame.toString('utf8', 8, textEnd));
        } catch {
          socket.destroy();
          return;
        }
        onFrame(frame.readUInt32BE(0), { message, payload: frame.subarray(textEnd) });
      }
    }
  });
}
