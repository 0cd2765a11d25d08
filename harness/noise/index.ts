export { describeNoise } from './describe-noise.ts';
export { NOISE_MEASURES, noiseFloorsOf } from './noise-floor.ts';
