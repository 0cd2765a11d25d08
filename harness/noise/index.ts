export { describeNoise } from './describe-noise.ts';
export { noiseFloorsOf } from './noise-floor.ts';
