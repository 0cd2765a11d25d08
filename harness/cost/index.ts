export { CostSampler, type SampledCost } from './cost-sampler.ts';
