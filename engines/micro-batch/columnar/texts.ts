import { type Data, makeData, Utf8, Vector } from 'apache-arrow';

/**
 * The distinct texts of a column by id, in order of first sight. It only grows, so an id means the same in every
 * batch that shares it.
 */
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

const utf8 = new Utf8();
const arrowChunks = new WeakMap<Texts, { readonly chunks: readonly Data<Utf8>[]; readonly count: number }>();

/**
 * All texts known now as an Arrow vector. Each call adds what is new as one chunk (Arrow's delta dictionary) and
 * copies nothing old.
 */
export function arrowDictionary(texts: Texts): Vector<Utf8> {
  let known = arrowChunks.get(texts) ?? { chunks: [], count: 0 };
  if (known.count < texts.size || texts.size === 0) {
    known = { chunks: [...known.chunks, utf8Chunk(texts, known.count)], count: texts.size };
    arrowChunks.set(texts, known);
  }
  return new Vector(known.chunks);
}

/** The texts from `first` on in Arrow's layout. vectorFromArray would do, an order of magnitude slower. */
function utf8Chunk(texts: Texts, first: number): Data<Utf8> {
  const parts: Buffer[] = [];
  const valueOffsets = new Int32Array(texts.size - first + 1);
  for (let id = first; id < texts.size; id++) {
    const part = Buffer.from(texts.text(id));
    parts.push(part);
    valueOffsets[parts.length] = (valueOffsets[parts.length - 1] as number) + part.length;
  }
  return makeData({
    type: utf8,
    length: parts.length,
    nullCount: 0,
    valueOffsets,
    data: Buffer.concat(parts),
  });
}
