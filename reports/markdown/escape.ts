import { cleanText } from '../markup/index.ts';

/** Text from a result that can neither break a table nor start a link, an image, a mention or markup. */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replaceAll(/[\\`*_{}[\]<>|~#!]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//')
    .replaceAll(/www(?=\.)/gi, '$&\u200b');
}

/** Rows of escaped cells, the second one their alignment, as a table. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
