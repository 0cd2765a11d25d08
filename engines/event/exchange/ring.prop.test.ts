import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocateRing, Bell, RingReader, RingWriter } from './index.ts';

const silent = () => new Bell(new SharedArrayBuffer(Bell.BYTES));

/** A frame whose bytes tell its number, so that a mix-up shows. */
function frameOf(number: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (number * 31 + index * 7) & 0xff);
}

test('frames of any size come out whole, in order, whatever the order of writing and reading', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8, 16, 64, 256),
      fc.array(fc.nat(600), { maxLength: 40 }),
      fc.infiniteStream(fc.boolean()),
      (capacity, lengths, writerFirst) => {
        const memory = allocateRing(capacity);
        const writer = new RingWriter(memory, silent());
        const reader = new RingReader(memory, silent());
        const received: Uint8Array[] = [];
        let written = 0;
        while (received.length < lengths.length) {
          if (writerFirst.next().value) {
            if (writer.resume() && written < lengths.length) {
              writer.write(frameOf(written, lengths[written] as number));
              written++;
            }
          } else {
            const frame = reader.read();
            if (frame !== undefined) received.push(Uint8Array.from(frame));
          }
          expect(writer.freeBytes + reader.availableBytes).toBe(capacity);
        }
        expect(received).toEqual(lengths.map((length, number) => frameOf(number, length)));
      },
    ),
    { numRuns: 150 },
  );
});

test('positions run past 2^32', () => {
  const memory = allocateRing(64);
  new Int32Array(memory, 0, 32).fill(-8, 0, 1).fill(-8, 16, 17);
  const writer = new RingWriter(memory, silent());
  const reader = new RingReader(memory, silent());
  for (let number = 0; number < 10; number++) {
    expect(writer.write(frameOf(number, 20))).toBe(true);
    expect(Uint8Array.from(reader.read() as Buffer)).toEqual(frameOf(number, 20));
  }
});

test('a full ring blocks the writer, and a read rings its bell', async () => {
  const bellMemory = new SharedArrayBuffer(Bell.BYTES);
  const memory = allocateRing(16);
  const writer = new RingWriter(memory, silent());
  const reader = new RingReader(memory, new Bell(bellMemory));
  const bell = new Bell(bellMemory);
  expect(writer.write(frameOf(1, 20))).toBe(false);
  expect(writer.blocked).toBe(true);
  bell.arm();
  expect(writer.resume()).toBe(false);
  const rung = new Promise<void>((resolve) => bell.sleep(resolve));
  expect(reader.read()).toBeUndefined();
  await rung;
  expect(writer.resume()).toBe(true);
  expect(Uint8Array.from(reader.read() as Buffer)).toEqual(frameOf(1, 20));
});

test('two threads exchange frames larger and smaller than the ring, without loss and without polling', async () => {
  const lengths = fc.sample(fc.oneof(fc.nat(60), fc.nat(3000)), { seed: 7, numRuns: 400 });
  const [outgoing, incoming] = [allocateRing(256), allocateRing(1024)];
  const [ownBell, otherBell] = [new SharedArrayBuffer(Bell.BYTES), new SharedArrayBuffer(Bell.BYTES)];
  const worker = new Worker(new URL('./testing/ring-peer.ts', import.meta.url), {
    workerData: { incoming: outgoing, outgoing: incoming, ownBell: otherBell, otherBell: ownBell },
  });
  const bell = new Bell(ownBell);
  const writer = new RingWriter(outgoing, new Bell(otherBell));
  const reader = new RingReader(incoming, new Bell(otherBell));
  const received: Uint8Array[] = [];
  let written = 0;
  const exchange = () => {
    for (;;) {
      let moved = false;
      if (writer.resume() && written < lengths.length) {
        writer.write(frameOf(written, lengths[written] as number));
        written++;
        moved = true;
      }
      const frame = reader.read();
      if (frame !== undefined) {
        received.push(Uint8Array.from(frame));
        moved = true;
      }
      if (!moved) return;
    }
  };
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    const turn = () => {
      exchange();
      bell.arm();
      exchange();
      if (received.length === lengths.length) resolve();
      else bell.sleep(turn);
    };
    turn();
  });
  await worker.terminate();
  expect(received).toEqual(lengths.map((length, number) => frameOf(number, length)));
});
