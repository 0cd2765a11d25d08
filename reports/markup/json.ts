/** What acts on a terminal, reorders text or ends a script element; JSON can write all of it as escapes without changing the value. */
const ACTIVE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<]/g;

/** A value as JSON on one line. Texts are whole and as they were; inside a page's script element or on a terminal they are harmless. */
export function harmlessJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    ACTIVE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
