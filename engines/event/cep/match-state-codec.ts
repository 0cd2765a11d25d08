import type { Row } from '../../pipeline/index.ts';
import { ByteReader, ByteWriter, type ValueCodec } from '../state/index.ts';
import type { BufferEdge, BufferedEvent, BufferNode } from './buffered-event.ts';
import type { Computation } from './computation.ts';
import { ComputationQueue } from './computation-queue.ts';
import type { DeweyNumber } from './dewey-number.ts';
import type { MatchState } from './match-state.ts';

/** Events, then nodes with their edges, then computations; each names what comes before it by its place, counted from 1, 0 for none. */
export const MATCH_STATE_CODEC: ValueCodec<MatchState> = {
  copy: copyState,
  write: writeState,
  read: readState,
};

/** The state is a graph that changes in place: a copy through its bytes costs what a snapshot of the key costs anyway. */
function copyState(state: MatchState): MatchState {
  const writer = new ByteWriter();
  writeState(state, writer);
  return readState(new ByteReader(writer.view()));
}

function writeState({ partial, completed }: MatchState, writer: ByteWriter): void {
  const { events, nodes } = reachableFrom([...partial.entries, ...completed.entries]);
  writer.uint32(events.size);
  for (const { timestampMs, ordinal, row } of events.keys()) {
    writer.float64(timestampMs);
    writer.uint32(ordinal);
    writer.text(JSON.stringify(row));
  }
  writer.uint32(nodes.size);
  for (const { event, stage, exists, locks } of nodes.keys()) {
    writer.uint32(events.get(event) as number);
    writer.uint16(stage);
    writer.uint8(exists ? 1 : 0);
    writer.uint32(locks);
  }
  for (const { edges } of nodes.keys()) {
    writer.uint32(edges.length);
    for (const { target, version, locks } of edges) {
      writer.uint32(target === undefined ? 0 : (nodes.get(target) as number));
      writeVersion(version, writer);
      writer.uint32(locks);
    }
  }
  for (const queue of [partial, completed]) {
    writer.uint32(queue.size);
    for (const { state, version, previous, startEvent, previousTimestampMs } of queue.entries) {
      writer.uint16(state);
      writeVersion(version, writer);
      writer.uint32(previous === undefined ? 0 : (nodes.get(previous) as number));
      writer.uint32(startEvent === undefined ? 0 : (events.get(startEvent) as number));
      writer.float64(previousTimestampMs);
    }
  }
}

function readState(reader: ByteReader): MatchState {
  const events: BufferedEvent[] = times(reader.uint32(), () => {
    const timestampMs = reader.float64();
    const ordinal = reader.uint32();
    return { timestampMs, ordinal, row: JSON.parse(reader.text()) as Row, nodes: [] };
  });
  const nodes: BufferNode[] = times(reader.uint32(), () => {
    const event = events[reader.uint32() - 1] as BufferedEvent;
    const node = {
      event,
      stage: reader.uint16(),
      exists: reader.uint8() === 1,
      locks: reader.uint32(),
      edges: [],
    };
    event.nodes.push(node);
    return node;
  });
  for (const node of nodes) {
    node.edges = times(reader.uint32(), (): BufferEdge => {
      const target = nodes[reader.uint32() - 1];
      return { target, version: readVersion(reader), locks: reader.uint32() };
    });
  }
  const readQueue = (): ComputationQueue => {
    const queue = new ComputationQueue();
    // added in the order of a heap, each stays where it is put
    for (let left = reader.uint32(); left > 0; left -= 1) queue.add(readComputation(reader, nodes, events));
    return queue;
  };
  return { partial: readQueue(), completed: readQueue() };
}

function readComputation(
  reader: ByteReader,
  nodes: readonly BufferNode[],
  events: readonly BufferedEvent[],
): Computation {
  return {
    state: reader.uint16(),
    version: readVersion(reader),
    previous: nodes[reader.uint32() - 1],
    startEvent: events[reader.uint32() - 1],
    previousTimestampMs: reader.float64(),
  };
}

function writeVersion(version: DeweyNumber, writer: ByteWriter): void {
  writer.uint16(version.length);
  for (const digit of version) writer.uint32(digit);
}

function readVersion(reader: ByteReader): DeweyNumber {
  return times(reader.uint16(), () => reader.uint32());
}

/** What the computations lead to, with its place in the order of writing, counted from 1. */
function reachableFrom(computations: readonly Computation[]): {
  readonly events: ReadonlyMap<BufferedEvent, number>;
  readonly nodes: ReadonlyMap<BufferNode, number>;
} {
  const events = new Map<BufferedEvent, number>();
  const nodes = new Map<BufferNode, number>();
  const addEvent = (event: BufferedEvent | undefined): void => {
    if (event !== undefined && !events.has(event)) events.set(event, events.size + 1);
  };
  for (const { previous, startEvent } of computations) {
    addEvent(startEvent);
    const open = [previous];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (nodes.has(node)) continue;
      nodes.set(node, nodes.size + 1);
      addEvent(node.event);
      for (const { target } of node.edges) if (target !== undefined) open.push(target);
    }
  }
  return { events, nodes };
}

function times<Value>(count: number, make: () => Value): Value[] {
  return Array.from({ length: count }, make);
}
