export { type ComparisonConfig, DEFAULT_CONFIG, type MetricRule, ruleOf } from './comparison-config.ts';
export { readComparisonConfig } from './read-config.ts';
