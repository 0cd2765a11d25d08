import { PIPELINES, pipelineNamed } from '../run/index.ts';

/**
 * Engines by commas; `all` is every one.
 *
 * @throws HARNESS_ENGINE_UNKNOWN
 */
export function engineNames(text: string): string[] {
  const names = text === 'all' ? [...PIPELINES.keys()] : text.split(',').map((name) => name.trim());
  return names.map((name) => pipelineNamed(name).engine);
}
