import { nodeLauncher } from '../node-launcher.ts';
import { SUPERVISION, superviseEngine } from '../supervise-engine.ts';
import { scriptedDeployment } from './scripted-deployment.ts';

/** Starts a busy engine, prints its process id, and dies by SIGKILL without stopping it. */
const [stateFolder = ''] = process.argv.slice(2);
const pipeline = await superviseEngine({
  engine: 'event',
  capabilities: new Set(),
  launcher: nodeLauncher({
    entry: new URL('./scripted-engine.ts', import.meta.url),
    limits: SUPERVISION.heartbeatLimits,
  }),
  deployment: scriptedDeployment(stateFolder, 'busy'),
  onEvent: () => {},
});
process.stdout.write(`${pipeline.processIds()[0]}\n`, () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);
});
