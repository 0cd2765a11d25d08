/**
 * Text from a result file made harmless for any output: control characters (terminal escapes, line breaks, bidirectional
 * overrides) become visible replacement characters, and a very long text is clipped with a note of its length.
 */
export function cleanText(text: string, longest = 400): string {
  const clipped = text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
  return clipped.replaceAll(/\s+/gu, ' ').replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
