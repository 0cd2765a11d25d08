export { LiveView, showsLive } from './live-view.ts';
