/** How a cell of a text table is painted; nothing is painted without colour. */
export type Paint = 'plain' | 'good' | 'bad' | 'warn' | 'dim' | 'bold';

export interface TextCell {
  readonly text: string;
  readonly paint: Paint;
}

export interface TextColumn {
  /** Lines of the header, top to bottom. */
  readonly header: readonly string[];
  readonly align: 'left' | 'right';
}

const CODES: Readonly<Record<Paint, string>> = {
  plain: '',
  good: '\u001b[32m',
  bad: '\u001b[31m',
  warn: '\u001b[33m',
  dim: '\u001b[2m',
  bold: '\u001b[1m',
};

/** Text in a colour of the terminal, or as it is. */
export function paint(text: string, how: Paint, colour: boolean): string {
  return colour && how !== 'plain' ? `${CODES[how]}${text}\u001b[0m` : text;
}

/** Lines of a table without boxes: columns two spaces apart, headers at the bottom of their lines, no blanks at line ends. */
export function alignTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly TextCell[])[],
  colour: boolean,
): readonly string[] {
  const headerHeight = Math.max(0, ...columns.map((column) => column.header.length));
  const headerLines = Array.from({ length: headerHeight }, (_, line) =>
    columns.map((column): TextCell => {
      const text = column.header[line - (headerHeight - column.header.length)] ?? '';
      return { text, paint: 'dim' };
    }),
  );
  const lines = [...headerLines, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.text.length ?? 0)));
  return lines.map((cells) => {
    const last = cells.findLastIndex((cell) => cell.text !== '');
    return cells
      .slice(0, last + 1)
      .map((cell, i) => {
        const blanks = ' '.repeat((widths[i] ?? 0) - cell.text.length);
        const text = paint(cell.text, cell.paint, colour);
        if (columns[i]?.align === 'right') return blanks + text;
        return i === last ? text : text + blanks;
      })
      .join('  ');
  });
}
