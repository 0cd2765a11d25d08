import type { Texts } from '../columnar/index.ts';

/** The texts that a dictionary got since the message before (Arrow's delta dictionary). */
export interface WireTexts {
  readonly dictionary: number;
  /** Id of the first of them; 0 begins a dictionary. */
  readonly first: number;
  readonly texts: readonly string[];
}

/**
 * Numbers the dictionaries of the batches that leave a thread and sends each text once. A dictionary that a message
 * does not use is forgotten on both sides.
 */
export class TextSender {
  #sent = new Map<Texts, { readonly dictionary: number; readonly count: number }>();
  #used = new Map<Texts, number>();
  #nextDictionary = 0;

  /** Number of a dictionary in the message that is being made. */
  dictionary(texts: Texts): number {
    const known = this.#used.get(texts);
    if (known !== undefined) return known;
    const dictionary = this.#sent.get(texts)?.dictionary ?? this.#nextDictionary++;
    this.#used.set(texts, dictionary);
    return dictionary;
  }

  /** Ends a message: what it has to say of its dictionaries, one entry each. */
  takeTexts(): readonly WireTexts[] {
    const wire: WireTexts[] = [];
    const sent = new Map<Texts, { readonly dictionary: number; readonly count: number }>();
    for (const [dictionary, number] of this.#used) {
      const first = this.#sent.get(dictionary)?.count ?? 0;
      const texts: string[] = [];
      for (let id = first; id < dictionary.size; id++) texts.push(dictionary.text(id));
      wire.push({ dictionary: number, first, texts });
      sent.set(dictionary, { dictionary: number, count: dictionary.size });
    }
    this.#sent = sent;
    this.#used = new Map();
    return wire;
  }
}
