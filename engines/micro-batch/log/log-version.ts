/** A file is of a version that nothing here can read. */
export class NewerVersion extends Error {
  readonly version: number;
  readonly highest: number;

  constructor(version: number, highest: number) {
    super(`version ${version} is newer than ${highest}`);
    this.version = version;
    this.highest = highest;
  }
}

/**
 * The version of a log file from its first line, `v1` and so on (MetadataVersionUtil.validateVersion of Spark).
 *
 * @param highest that can be read
 * @throws NewerVersion, and a plain Error for a line that is no version
 */
export function parseVersion(line: string, highest: number): number {
  const version = /^v(\d+)$/.test(line) ? Number(line.slice(1)) : 0;
  if (version === 0) throw new Error(`${JSON.stringify(line)} is no log version`);
  if (version > highest) throw new NewerVersion(version, highest);
  return version;
}

/** Lines of a text, whether its last one ends or not. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
