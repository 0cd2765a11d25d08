/** Markup that is safe to insert as it is. Only `html` and `trusted` make it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Insertable = Markup | string | number | null | undefined | false | readonly Insertable[];

/**
 * Template tag for HTML and SVG. Every inserted string is escaped for text and for quoted attributes, unless it is Markup itself;
 * lists are joined; null, undefined and false insert nothing.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup {
  let text = strings[0] ?? '';
  for (let i = 0; i < values.length; i++) text += insert(values[i]) + (strings[i + 1] ?? '');
  return new Markup(text);
}

/** Takes text as markup without escaping it: for constants of this code base (style sheet, script) only. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function insert(value: Insertable): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeText(value);
  return value.map(insert).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  // XML, which SVG may be read as, has no form for control characters; an override would turn around what stands beside it.
  return text
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    .replaceAll(/[^\P{Cc}\n\t]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
