import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';

/** Pseudo-random draws that are the same on every machine: whole numbers and exact products only. */
export class RandomStream {
  readonly #generator: JumpableRandomGenerator;

  constructor(generator: JumpableRandomGenerator) {
    this.#generator = generator;
  }

  /** 0 to 2^32 - 1. */
  uint32(): number {
    return this.#generator.next() >>> 0;
  }

  /** A whole number in [0, bound), for a bound up to 2^21: the product stays exact. */
  below(bound: number): number {
    return Math.floor((this.uint32() * bound) / 0x1_0000_0000);
  }

  /** True with the given probability. Always takes one draw, so that a share of 0 does not shift what follows. */
  chance(share: number): boolean {
    return this.uint32() < share * 0x1_0000_0000;
  }
}

/** One stream a concern: changing the share of broken records changes neither keys nor amounts of the others. */
export interface RandomStreams {
  readonly keys: RandomStream;
  readonly amounts: RandomStream;
  readonly disorder: RandomStream;
  readonly late: RandomStream;
  readonly broken: RandomStream;
  /** Traits of the keys themselves, such as who attacks. */
  readonly traits: RandomStream;
}

/**
 * Independent streams of one seed: xoroshiro128+ (Blackman and Vigna 2018), each 2^64 draws further by its jump function. The first
 * jump also takes the generator away from its sparse initial state.
 */
export function randomStreams(seed: number): RandomStreams {
  const generator = xoroshiro128plus(seed);
  const next = (): RandomStream => {
    generator.jump();
    return new RandomStream(generator.clone());
  };
  return { keys: next(), amounts: next(), disorder: next(), late: next(), broken: next(), traits: next() };
}
