export { sparkProfiles } from './profiles.ts';
export { type SparkSettings, sparkSettings } from './spark-settings.ts';
