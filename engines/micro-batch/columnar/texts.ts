import { type Data, Utf8, Vector, vectorFromArray } from 'apache-arrow';

/** The distinct texts of a column by id, in order of first sight. It only grows, so an id means the same in every batch that shares it. */
export interface Texts {
  readonly size: number;
  text(id: number): string;
}

/** Texts that are already strings. */
export class TextIds implements Texts {
  readonly #idOf = new Map<string, number>();
  readonly #texts: string[] = [];

  get size(): number {
    return this.#texts.length;
  }

  id(text: string): number {
    let id = this.#idOf.get(text);
    if (id === undefined) {
      id = this.#texts.length;
      this.#idOf.set(text, id);
      this.#texts.push(text);
    }
    return id;
  }

  text(id: number): string {
    return this.#texts[id] as string;
  }
}

const arrowChunks = new WeakMap<Texts, { readonly chunks: readonly Data<Utf8>[]; readonly count: number }>();

/** All texts known now as an Arrow vector. Each call adds what is new as one chunk (Arrow's delta dictionary) and copies nothing old. */
export function arrowDictionary(texts: Texts): Vector<Utf8> {
  let known = arrowChunks.get(texts) ?? { chunks: [], count: 0 };
  if (known.count < texts.size || texts.size === 0) {
    const added = Array.from({ length: texts.size - known.count }, (_, index) =>
      texts.text(known.count + index),
    );
    known = { chunks: [...known.chunks, ...vectorFromArray(added, new Utf8()).data], count: texts.size };
    arrowChunks.set(texts, known);
  }
  return new Vector(known.chunks);
}
