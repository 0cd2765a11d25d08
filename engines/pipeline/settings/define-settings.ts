import type { z } from 'zod';
import { pipelineErrors } from '../errors.ts';
import type { EngineName, EngineSettings, SettingRow } from '../lifecycle/index.ts';

interface SettingDefinition<Value extends string | number | boolean> {
  readonly type: z.ZodType<Value>;
  readonly default: Value;
  /** What the system itself has by default, where `default` is another: printed in the sheet. */
  readonly systemDefault?: string;
  /** One sentence, for who reads the declaration. */
  readonly meaning: string;
}

interface SettingsDeclaration<Settings> {
  /**
   * The settings with defaults filled in.
   *
   * @throws PIPELINE_SETTING_INVALID for an unknown name or a value that its type refuses.
   */
  parse(settings: EngineSettings): Settings;
  /** Every setting with its effective value, in the order of the declaration. Throws as `parse` does. */
  sheet(settings: EngineSettings): readonly SettingRow[];
}

/**
 * Declares the settings of an engine once: types, defaults and meanings, from which validation and the settings sheet follow.
 *
 * @example
 * const settings = defineSettings('event', {
 *   slots: { type: z.int().min(1), default: 1, meaning: 'Worker threads that hold keyed state.' },
 * });
 * settings.parse({}).slots; // 1
 */
export function defineSettings<Settings extends Record<string, string | number | boolean>>(
  engine: EngineName,
  definitions: { readonly [Name in keyof Settings]: SettingDefinition<Settings[Name]> },
): SettingsDeclaration<Settings> {
  const entries = Object.entries(definitions) as [string, SettingDefinition<string | number | boolean>][];
  const known = entries.map(([name]) => name).join(', ');
  const invalid = (setting: string, value: unknown, reason: string) =>
    pipelineErrors.error('PIPELINE_SETTING_INVALID', {
      engine,
      setting,
      value: String(value),
      reason,
      known,
    });

  const parse = (settings: EngineSettings): Settings => {
    for (const [name, value] of Object.entries(settings)) {
      if (!Object.hasOwn(definitions, name)) throw invalid(name, value, 'there is no such setting');
    }
    const effective = entries.map(([name, definition]) => {
      const value = settings[name] ?? definition.default;
      const parsed = definition.type.safeParse(value);
      if (!parsed.success) throw invalid(name, value, parsed.error.issues[0]?.message ?? 'not allowed');
      return [name, parsed.data];
    });
    return Object.fromEntries(effective);
  };

  return {
    parse,
    sheet: (settings) => {
      const effective = parse(settings);
      return entries.map(([name, { systemDefault }]) => ({
        name,
        value: String(effective[name]),
        source: Object.hasOwn(settings, name) ? 'flag' : 'default',
        ...(systemDefault === undefined ? {} : { systemDefault }),
      }));
    },
  };
}
