import type { SnapshotScope } from '../state/index.ts';

/** Changes are written until they are as large as the full snapshot, or so many files are read at a restore. */
const MAX_FILES = 10;

/** A slot's state file of one checkpoint. */
export interface SlotSnapshot {
  /** As the manifest names it. */
  readonly file: string;
  readonly scope: SnapshotScope;
  readonly bytes: number;
}

interface Chain {
  readonly files: readonly string[];
  readonly fullBytes: number;
  readonly changesBytes: number;
}

/**
 * Which files the state of each slot consists of: a full snapshot and the changes since, checkpoint by checkpoint (Flink's changelog state
 * backend, with the materialisation as a part of the checkpoint). A restore then reads at most twice what a full one would.
 */
export class SnapshotChains {
  #chains: readonly Chain[] | undefined;

  /** What the next checkpoint should ask of the slots. */
  get nextScope(): SnapshotScope {
    const chains = this.#chains;
    if (chains === undefined) return 'full';
    const grown = chains.some(
      ({ files, fullBytes, changesBytes }) => files.length >= MAX_FILES || changesBytes >= fullBytes,
    );
    return grown ? 'full' : 'changes';
  }

  /** All slots have written theirs. @returns of each slot the files in order of restoring, and their size */
  add(snapshots: readonly SlotSnapshot[]): { files: string[]; bytes: number }[] {
    const before = this.#chains;
    const chains = snapshots.map(({ file, scope, bytes }, slot): Chain => {
      if (scope === 'full') return { files: [file], fullBytes: bytes, changesBytes: 0 };
      const chain = before?.[slot];
      if (chain === undefined) throw new Error(`Changes of slot ${slot} without the snapshot before`);
      return { ...chain, files: [...chain.files, file], changesBytes: chain.changesBytes + bytes };
    });
    this.#chains = chains;
    return chains.map(({ files, fullBytes, changesBytes }) => ({
      files: [...files],
      bytes: fullBytes + changesBytes,
    }));
  }

  /** A checkpoint failed: what it held is not in the changes that come next. */
  break(): void {
    this.#chains = undefined;
  }
}
