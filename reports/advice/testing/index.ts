export { EVERY_CAPABILITY, evidenceFrom, objective } from './synthetic-question.ts';
