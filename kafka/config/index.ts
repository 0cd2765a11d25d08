export { readClientConfig } from './client-config.ts';
