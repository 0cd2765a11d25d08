import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { describeTool } from './tool.ts';

/** Packages whose version can change a figure. */
const PACKAGES = ['kafkajs', 'rocksdb', 'apache-arrow', 'hdr-histogram-js'] as const;

/** Versions of the engines (this tool's own), of their clients and libraries, by name; as installed, not as asked for. */
export function describeVersions(): Record<string, string> {
  return {
    crosscurrent: describeTool().version,
    ...Object.fromEntries(PACKAGES.map((name) => [name, installedVersion(name)])),
  };
}

function installedVersion(name: string): string {
  const manifest = findPackageJSON(name, import.meta.url);
  if (manifest === undefined) return 'missing';
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}
