import { cleanText } from '../markup/index.ts';

/** Text from a result that can neither break a table nor start a link, an image, a mention or markup; a long one is clipped. */
export function escapeMarkdown(text: string): string {
  return withoutMarkup(cleanText(text));
}

/** The same of a table's caption: our own words, in which names from a result are clipped one by one. */
export function escapeCaption(text: string): string {
  return withoutMarkup(cleanText(text, LONGEST_CAPTION));
}

const LONGEST_CAPTION = 2_000;

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/[\\`*_{}[\]<>|~#!]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//')
    .replaceAll(/www(?=\.)/gi, '$&\u200b');
}

/** Rows of escaped cells, the second one their alignment, as a table. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
