import { spawnSync } from 'node:child_process';
import { findChromium } from '../reports/testing/index.ts';

/**
 * Makes sure that the page tests have a browser: where none is found and this is Debian with the right to install, Debian's Chromium is
 * installed.
 *
 * @returns undefined when there is one, else why not and what to do
 */
export function missingBrowser(): string | undefined {
  const before = lookUp();
  if (before === undefined || process.getuid?.() !== 0) return before;
  spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return lookUp();
}

function lookUp(): string | undefined {
  try {
    findChromium();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
