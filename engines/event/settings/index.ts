export { type EventSettings, eventSettings } from './event-settings.ts';
