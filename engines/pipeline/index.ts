export { CAPABILITIES, type Capability } from './capability.ts';
export * from './conformance/index.ts';
export * from './dataflow/index.ts';
export * from './lifecycle/index.ts';
export { processingTimeUndeclared } from './processing-time.ts';
export { putsOutEveryChange, refuseMissing, requiredCapabilities } from './required-capabilities.ts';
