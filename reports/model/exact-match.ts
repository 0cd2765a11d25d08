import { z } from 'zod';

/** Whether a value is already what a schema gives of it: accepted as it stands, with nothing missing, changed or unknown. */
type ExactMatch = (value: unknown) => boolean;

/**
 * Makes a fast check from a schema, for large documents that nearly always fit: it makes no copy and no list of issues, of a result file it
 * takes a tenth of the time of `safeParse`. A value that does not match may still be accepted by the schema, which fills in and leaves
 * out, so it goes there next. Kinds of schemas that are not known here are asked themselves, and match where they give the same back.
 */
export function exactMatch(schema: z.core.$ZodType): ExactMatch {
  const known = schema as z.core.$ZodTypes;
  const { def } = known._zod;
  if ((def.checks ?? []).length > 0) return asked(schema);
  switch (def.type) {
    case 'string':
      return 'format' in def ? asked(schema) : (value) => typeof value === 'string';
    case 'number':
      return numberMatch(schema);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'literal':
      return (value) => (def.values as readonly unknown[]).includes(value);
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries));
      return (value) => values.has(value);
    }
    case 'nullable': {
      const inner = exactMatch(def.innerType);
      return (value) => value === null || inner(value);
    }
    case 'default':
      return exactMatch(def.innerType);
    case 'union': {
      const options = def.options.map(exactMatch);
      return (value) => options.some((option) => option(value));
    }
    case 'array': {
      const element = exactMatch(def.element);
      return (value) => Array.isArray(value) && value.every(element);
    }
    case 'tuple':
      return def.rest === null ? tupleMatch(def.items.map(exactMatch)) : asked(schema);
    case 'record':
      return def.keyType._zod.def.type === 'string'
        ? recordMatch(exactMatch(def.keyType), exactMatch(def.valueType))
        : asked(schema);
    case 'object':
      return def.catchall === undefined ? objectMatch(def.shape) : asked(schema);
    default:
      return asked(schema);
  }
}

function asked(schema: z.core.$ZodType): ExactMatch {
  return (value) => {
    const checked = z.safeParse(schema, value);
    return checked.success && Object.is(checked.data, value);
  };
}

function numberMatch(schema: z.core.$ZodType): ExactMatch {
  const { def } = schema._zod as z.core.$ZodNumberFormat['_zod'];
  if (def.format === undefined) return Number.isFinite;
  return def.format === 'safeint' ? Number.isSafeInteger : asked(schema);
}

function tupleMatch(items: readonly ExactMatch[]): ExactMatch {
  return (value) =>
    Array.isArray(value) && value.length === items.length && items.every((item, i) => item(value[i]));
}

function recordMatch(key: ExactMatch, member: ExactMatch): ExactMatch {
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => name !== '__proto__' && key(name) && member(value[name]));
}

function objectMatch(shape: Readonly<Record<string, z.core.$ZodType>>): ExactMatch {
  const members = Object.entries(shape).map(([name, member]) => {
    const { def } = (member as z.core.$ZodTypes)._zod;
    const isOptional = def.type === 'optional';
    return { name, isOptional, matches: exactMatch(isOptional ? def.innerType : member) };
  });
  return (value) => {
    if (!isObject(value)) return false;
    const present = members.filter(({ name }) => value[name] !== undefined);
    return (
      Object.keys(value).length === present.length &&
      present.every(({ name, matches }) => matches(value[name])) &&
      (present.length === members.length ||
        members.every(({ name, isOptional }) => isOptional || value[name] !== undefined))
    );
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
