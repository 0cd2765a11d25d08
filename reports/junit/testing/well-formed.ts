import { expect } from 'vitest';

const ATTRIBUTE = String.raw`\s[a-z]+="[^<&"]*(?:&(?:amp|lt|gt|quot|apos);[^<&"]*)*"`;
const TOKEN = new RegExp(
  `<(?<open>[a-z-]+)(?:${ATTRIBUTE})*(?<empty>/?)>|</(?<close>[a-z-]+)>|[^<&]+|&(?:amp|lt|gt|quot|apos);`,
  'y',
);
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Fails unless the text is well-formed XML 1.0 of the kind that this folder writes: elements, quoted attributes, the five entities. */
export function expectWellFormed(text: string): void {
  expect(text.startsWith(DECLARATION)).toBe(true);
  expect(text).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
  const open: string[] = [];
  TOKEN.lastIndex = DECLARATION.length;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) expect.fail(`no XML: ${text.slice(at, at + 80)}`);
    if (groups.open !== undefined && groups.empty === '') open.push(groups.open);
    if (groups.close !== undefined) expect(open.pop()).toBe(groups.close);
  }
  expect(open).toEqual([]);
}
