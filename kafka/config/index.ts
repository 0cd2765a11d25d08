export { type ClientConfig, readClientConfig } from './client-config.ts';
export type { SaslLogin } from './sasl-login.ts';
