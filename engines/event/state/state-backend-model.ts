import { join } from 'node:path';
import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { SnapshotScope } from './copy-on-write.ts';
import type { Key } from './key-group.ts';
import type { Slot } from './state-backend-contract.ts';

/** What a state backend must look like from outside. */
interface Model {
  content: Map<string, { readonly key: Key; readonly namespace: number; readonly count: number }>;
  /** Content at the instant of the snapshot under way. */
  snapshot: Model['content'] | undefined;
}

/** The backend under test. */
export interface System {
  slot: Slot;
  readonly makeSlot: () => Promise<Slot>;
  readonly folder: string;
  /** Files of the last snapshot that a restart would be from: a full one, then changes. */
  files: string[];
  snapshots: number;
  writing: Promise<unknown> | undefined;
}

type Command = fc.AsyncCommand<Model, System>;

const key = fc.constantFrom<Key>('a', 'b', '1', 1, 2.5, -3, '');
const namespace = fc.constantFrom(0, 60_000, -60_000);

/** Commands on one backend: changes, snapshots that run while changes go on, and restarts from the last snapshot. */
export const stateCommands = fc.commands<Model, System, false>(
  [
    fc.tuple(key, namespace, fc.nat(100)).map(([key, namespace, count]) => put(key, namespace, count)),
    fc.tuple(key, namespace, fc.nat(100)).map(([key, namespace, count]) => add(key, namespace, count)),
    fc.tuple(key, namespace).map(([key, namespace]) => remove(key, namespace)),
    fc.tuple(key, namespace).map(([key, namespace]) => read(key, namespace)),
    fc.constantFrom<SnapshotScope>('full', 'changes').map(beginSnapshot),
    fc.nat(3).map((turns) => letWriterRun(turns)),
    fc.constant(restartFromSnapshot()),
  ],
  { maxCommands: 60 },
);

export function emptyModel(): Model {
  return { content: new Map(), snapshot: undefined };
}

function idOf(key: Key, namespace: number): string {
  return JSON.stringify([key, namespace]);
}

function put(key: Key, namespace: number, count: number): Command {
  return command(`put(${idOf(key, namespace)}, ${count})`, async (model, system) => {
    model.content.set(idOf(key, namespace), { key, namespace, count });
    await system.slot.put(key, namespace, count);
  });
}

function add(key: Key, namespace: number, difference: number): Command {
  return command(`add(${idOf(key, namespace)}, ${difference})`, async (model, system) => {
    const id = idOf(key, namespace);
    const old = model.content.get(id);
    if (old !== undefined) model.content.set(id, { ...old, count: old.count + difference });
    await system.slot.add(key, namespace, difference);
  });
}

function remove(key: Key, namespace: number): Command {
  return command(`remove(${idOf(key, namespace)})`, async (model, system) => {
    model.content.delete(idOf(key, namespace));
    await system.slot.remove(key, namespace);
  });
}

function read(key: Key, namespace: number): Command {
  return command(`read(${idOf(key, namespace)})`, async (model, system) => {
    expect(await system.slot.read(key, namespace)).toBe(model.content.get(idOf(key, namespace))?.count);
  });
}

/** One may follow another once that is written. */
function beginSnapshot(scope: SnapshotScope): Command {
  return command(`beginSnapshot(${scope})`, async (model, system) => {
    await system.writing;
    model.snapshot = new Map(model.content);
    system.snapshots += 1;
    const file = join(system.folder, `model-${system.snapshots}`);
    system.writing = system.slot.backend
      .snapshot(scope)
      .write(file)
      .then((written) => {
        if (written.scope === 'full') system.files = [];
        system.files.push(file);
      });
  });
}

function letWriterRun(turns: number): Command {
  return command(`letWriterRun(${turns})`, async () => {
    for (let turn = 0; turn < turns; turn++) await turnOfEventLoop();
  });
}

function restartFromSnapshot(): Command {
  return {
    check: (model) => model.snapshot !== undefined,
    run: async (model, system) => {
      await system.writing;
      await system.slot.backend.close();
      system.slot = await system.makeSlot();
      await system.slot.backend.restore(system.files);
      model.content = model.snapshot ?? new Map();
      model.snapshot = undefined;
      for (const { key, namespace, count } of model.content.values()) {
        expect(await system.slot.read(key, namespace)).toBe(count);
      }
    },
    toString: () => 'restartFromSnapshot()',
  };
}

function command(name: string, run: Command['run']): Command {
  return { check: () => true, run, toString: () => name };
}
