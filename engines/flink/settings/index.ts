export { type FlinkSettings, flinkSettings } from './flink-settings.ts';
export { flinkProfiles } from './profiles.ts';
