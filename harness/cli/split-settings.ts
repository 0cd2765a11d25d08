import { ENGINE_NAMES, type EngineName, type EngineSettings } from '../../engines/pipeline/index.ts';

/** The settings meant for one engine: those without a prefix and those with its own; values become numbers or booleans where they are. */
export function splitSettings(given: Readonly<Record<string, string>>, engine: EngineName): EngineSettings {
  const settings: Record<string, string | number | boolean> = {};
  for (const [name, text] of Object.entries(given)) {
    const prefix = enginePrefixOf(name);
    if (prefix !== undefined && prefix !== engine) continue;
    settings[prefix === undefined ? name : name.slice(prefix.length + 1)] = parseValue(text);
  }
  return settings;
}

/** The engine that a setting's prefix names: `event.parallelism`; undefined without a prefix. */
export function enginePrefixOf(name: string): EngineName | undefined {
  return ENGINE_NAMES.find((engine) => name.startsWith(`${engine}.`));
}

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
