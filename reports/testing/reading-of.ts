const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/**
 * What a page says to somebody who cannot see it: its text in order, a line for each block or row, cells parted by ` | `, charts by their
 * titles and descriptions. Styles, scripts, shapes and the raw data are left out.
 */
export function readingOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replaceAll(/<(style|script)\b.*?<\/\1>/gs, '')
    .replaceAll(/<text\b.*?<\/text>/gs, '')
    .replaceAll(/<\/t[hd]>(?=<t[hd])/g, ' | ')
    .replaceAll(
      /<\/?(h\d|p|li|tr|title|desc|summary|figcaption|caption|dt|dd|section|div|header|table)\b[^>]*>/g,
      '\n',
    )
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
}
