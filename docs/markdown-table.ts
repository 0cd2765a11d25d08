/** A Markdown table as the formatter lays it out: cells padded to the width of their column. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = [header, ...rows].map((row) => row.map(escaped));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const [head = [], ...body] = cells;
  return [line(head), rule, ...body.map(line)];
}

function escaped(cell: string): string {
  return cell.replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', '<br>');
}
