import { existsSync } from 'node:fs';

const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser for tests of the page: CHROMIUM where it is set, else the first known path that exists. Throws when there is none. */
export function findChromium(): string {
  const given = process.env.CHROMIUM;
  const found = (given === undefined ? KNOWN_PATHS : [given]).find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error(
      `These tests need Chromium, and there is none at ${given ?? KNOWN_PATHS.join(', ')}. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.`,
    );
  }
  return found;
}
