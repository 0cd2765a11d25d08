import { parentPort, workerData } from 'node:worker_threads';
import { Bell, RingReader, RingWriter } from '../index.ts';

/** Reads every frame of one ring and writes it back, unchanged, into another: the far end of the ring's concurrent test. */
interface Peer {
  readonly incoming: SharedArrayBuffer;
  readonly outgoing: SharedArrayBuffer;
  readonly ownBell: SharedArrayBuffer;
  readonly otherBell: SharedArrayBuffer;
}

const { incoming, outgoing, ownBell, otherBell } = workerData as Peer;
const bell = new Bell(ownBell);
const reader = new RingReader(incoming, new Bell(otherBell));
const writer = new RingWriter(outgoing, new Bell(otherBell));

function echo(): void {
  while (writer.resume()) {
    const frame = reader.read();
    if (frame === undefined) {
      return;
    }
    writer.write(frame);
  }
}

function turn(): void {
  echo();
  bell.arm();
  echo();
  bell.sleep(turn);
}

parentPort?.on('message', () => process.exit(0));
turn();
