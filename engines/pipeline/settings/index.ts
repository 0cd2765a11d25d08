export {
  defineSettings,
  type SettingDefinition,
  type SettingReference,
  type SettingsDeclaration,
} from './define-settings.ts';
