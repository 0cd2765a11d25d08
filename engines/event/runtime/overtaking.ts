import { type ChannelReader, OvertakenChannel, type WaitingEntry } from '../exchange/index.ts';

/** A channel of which more than this waits from an earlier checkpoint is not overtaken again: memory stays bounded. */
const MOST_WAITING = 262_144;

/** The overtaking of one checkpoint. */
interface Overtaken {
  readonly channels: readonly OvertakenChannel[];
  readonly resolve: (entries: readonly WaitingEntry[]) => void;
}

/** What the barriers of a slot overtook: entries that are out of their channels and not processed yet. */
export class Overtaking {
  /** By source slot; undefined where a channel is read as usual. */
  readonly #channels: (OvertakenChannel | undefined)[];
  #underWay: Overtaken | undefined;

  constructor(slots: number) {
    this.#channels = new Array<OvertakenChannel | undefined>(slots).fill(undefined);
  }

  /** Entries that come before the channel's own; undefined if there are none. */
  channelOf(source: number): OvertakenChannel | undefined {
    return this.#channels[source];
  }

  /** The channel is read as usual again, if nothing waits before its own entries and no barrier of it is awaited. */
  release(source: number): void {
    const channel = this.#channels[source];
    if (channel?.waiting === 0 && !channel.awaitsBarrier) this.#channels[source] = undefined;
  }

  mayOvertake(sources: readonly number[]): boolean {
    return sources.every((source) => (this.#channels[source]?.waiting ?? 0) <= MOST_WAITING);
  }

  /** @returns what was overtaken in these channels, when the barriers of all of them have arrived */
  begin(sources: readonly number[]): Promise<readonly WaitingEntry[]> {
    const channels = sources.map((source) => {
      const channel = this.#channels[source] ?? new OvertakenChannel();
      this.#channels[source] = channel;
      channel.beginOvertaking();
      return channel;
    });
    return new Promise((resolve) => {
      this.#underWay = { channels, resolve };
    });
  }

  /** Empties the channels whose barriers are awaited. */
  collect(readers: readonly (ChannelReader | undefined)[]): void {
    const underWay = this.#underWay;
    if (underWay === undefined) {
      return;
    }
    for (let source = 0; source < readers.length; source++) {
      const reader = readers[source];
      if (reader !== undefined) this.#channels[source]?.collect(reader);
    }
    if (underWay.channels.every((channel) => !channel.awaitsBarrier)) {
      this.#underWay = undefined;
      underWay.resolve(underWay.channels.flatMap(({ recorded }) => recorded));
      for (const channel of underWay.channels) channel.endOvertaking();
    }
  }
}
