export { createKafkajsClient } from './client.ts';
