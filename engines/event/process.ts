import { hostEngine } from '../pipeline/process/index.ts';
import { startEngine } from './runtime/index.ts';

hostEngine({ start: startEngine });
