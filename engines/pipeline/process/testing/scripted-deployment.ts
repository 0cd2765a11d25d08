import type { Deployment } from '../../lifecycle/index.ts';

export function scriptedDeployment(stateFolder: string, script: string): Deployment {
  return {
    dataflow: { module: 'file:///none.ts', export: 'none', options: null },
    topics: {},
    kafka: { kind: 'embedded-log', host: '127.0.0.1', port: 1 },
    guarantee: 'at-least-once',
    settings: { script },
    group: 'scripted',
    stateFolder,
    heapMb: 64,
    brokenInput: true,
  };
}
