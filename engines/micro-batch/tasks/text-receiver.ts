import type { Texts } from '../columnar/index.ts';
import type { WireTexts } from './text-sender.ts';

/** A dictionary of another thread. It only grows, as that does. */
class ReceivedTexts implements Texts {
  readonly #texts: string[] = [];

  get size(): number {
    return this.#texts.length;
  }

  text(id: number): string {
    return this.#texts[id] as string;
  }

  add(texts: readonly string[]): void {
    for (const text of texts) this.#texts.push(text);
  }
}

/** The dictionaries of one other thread. */
export class TextReceiver {
  #dictionaries = new Map<number, ReceivedTexts>();

  /** Takes what a message says of the dictionaries that it uses; forgets the others. */
  receive(wire: readonly WireTexts[]): void {
    const dictionaries = new Map<number, ReceivedTexts>();
    for (const { dictionary, texts } of wire) {
      const known = this.#dictionaries.get(dictionary) ?? new ReceivedTexts();
      known.add(texts);
      dictionaries.set(dictionary, known);
    }
    this.#dictionaries = dictionaries;
  }

  /** One that the last message uses. */
  dictionary(number: number): Texts {
    return this.#dictionaries.get(number) as Texts;
  }
}
