import { spawnSync } from 'node:child_process';

/**
 * Makes sure that the tests of state in Redis have a server: where none is in the PATH and this is Debian with the
 * right to install, Debian's redis-server is installed, without being started as a service.
 *
 * @returns undefined when there is one, else why not and what to do
 */
export function missingRedis(): string | undefined {
  if (!isThere() && process.getuid?.() === 0) {
    const install = 'apt-get update -qq && apt-get install -y -qq --no-install-recommends redis-server';
    spawnSync('sh', ['-c', install], {
      // The package starts its service where it can: in a RUNLEVEL of 1 none is started.
      env: { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return isThere()
    ? undefined
    : 'there is no redis-server in the PATH. Install Redis (Debian: apt-get install redis-server; macOS: brew install redis).';
}

const isThere = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
