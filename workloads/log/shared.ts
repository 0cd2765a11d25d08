/** A typed array over shared memory, so that threads share one copy. */
export function shared<Kind extends Uint8Array | Uint32Array | Float64Array>(
  kind: { new (buffer: SharedArrayBuffer): Kind; readonly BYTES_PER_ELEMENT: number },
  length: number,
): Kind {
  return new kind(new SharedArrayBuffer(length * kind.BYTES_PER_ELEMENT));
}
