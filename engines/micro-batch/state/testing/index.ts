export { type OwnRedisServer, startRedisServer } from '../redis-server.ts';
