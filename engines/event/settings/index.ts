export { type EventSettings, eventSettings } from './event-settings.ts';
export { eventProfiles } from './profiles.ts';
