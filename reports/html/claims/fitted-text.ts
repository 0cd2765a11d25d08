/** Width of a text of 12 pixels as drawings are laid out, in SVG units: wider than most fonts have it, since a drawing cannot measure. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/** A text cut to a width, with a sign where it was cut. */
export function fittedText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let left = width - WIDE;
  let fitted = '';
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    fitted += character;
  }
  return `${fitted}…`;
}

const USUAL = 6.3;
const WIDE = 10;
/** Of scripts whose characters are as wide as they are high, and of what a font does not have. */
const FULL = 13;

function widthOf(character: string): number {
  if (character > '\u00ff') return FULL;
  return /[A-Zmw@%#&<>=+~_^]/.test(character) ? WIDE : USUAL;
}
