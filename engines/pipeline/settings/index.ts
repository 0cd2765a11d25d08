export { defineSettings } from './define-settings.ts';
