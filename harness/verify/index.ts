export { judgeValidity } from './validity.ts';
export { verify } from './verification.ts';
