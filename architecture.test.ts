import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Architecture Invariants, checked on the imports and the text of every TypeScript file of the project:
 *
 * 1. **Layers.** An area imports the areas listed below and no other; its tests also the `testing/` folder of any. Engines know neither each other nor the harness; the harness
 *    knows engines as Pipelines, and one file of it names them.
 * 2. **One door.** A folder that has an `index.ts` is entered from outside through it or through the `index.ts` of a folder inside it;
 *    a test may look into the folders inside its own.
 *    Entry modules of processes and threads, and modules with dataflows, are named by URL and not imported.
 * 3. **No cycle between folders.** A folder and those inside it count as one where they import each other.
 * 4. **No engine reads the clock**, but for the one that all are given: `engines/pipeline/process/system-clock.ts`.
 * 5. **No default exports.**
 *
 * What is absent on purpose: an exception for types. A type import ties two folders together as a value import does.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  java: ['errors'],
  kafka: ['errors', 'java'],
  'engines/pipeline': ['errors', 'kafka'],
  'engines/event': ['errors', 'kafka', 'engines/pipeline'],
  'engines/micro-batch': ['errors', 'kafka', 'engines/pipeline'],
  'engines/flink': ['errors', 'java', 'kafka', 'engines/pipeline'],
  'engines/spark': ['errors', 'java', 'kafka', 'engines/pipeline'],
  'engines/conformance': ['errors', 'engines/pipeline'],
  workloads: ['errors', 'engines/pipeline'],
  'reports/model': ['errors'],
  reports: ['errors', 'reports/model'],
  harness: [
    'errors',
    'java',
    'kafka',
    'engines/pipeline',
    'engines/conformance',
    'workloads',
    'reports/model',
    'reports',
  ],
};

/** Files that tie the parts together, with what they may import beyond their area's layer. */
const COMPOSITION_ROOTS: Readonly<Record<string, readonly string[]>> = {
  'harness/run/engines.ts': ['engines/event', 'engines/flink', 'engines/micro-batch', 'engines/spark'],
};

/** Outside the layers: they read the project as a whole. */
const TOOLS = ['ci', 'docs', ''];

const CLOCK = /\bDate\.now\b|\bnew Date\(\)|\bperformance\s*\.\s*now\b|\bhrtime\b|from 'node:perf_hooks'/;
const CLOCK_SOURCE = 'engines/pipeline/process/system-clock.ts';

interface SourceFile {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  readonly to: string;
}

const isTest = (path: string): boolean => path.endsWith('.test.ts');

const isInside = (folder: string, path: string): boolean => folder === '.' || path.startsWith(`${folder}/`);

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

function importsOf({ path, text }: SourceFile): readonly Import[] {
  const specifiers = withoutComments(text).matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?\bfrom\s+'(\.[^']+)'|(?:^|\n)\s*import\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)/g,
  );
  return [...specifiers].map(([, named, bare, dynamic]) => ({
    from: path,
    to: posix.join(posix.dirname(path), named ?? bare ?? dynamic ?? ''),
  }));
}

/** The longest area that holds the file; undefined for tools. */
function areaOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((area) => isInside(area, path))
    .sort((a, b) => b.length - a.length)[0];
}

function unknownAreas(files: readonly SourceFile[]): readonly string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => areaOf(path) === undefined && !TOOLS.includes(path.split('/').slice(0, -1)[0] ?? ''));
}

function layerViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(importsOf).flatMap(({ from, to }) => {
    const [source, target] = [areaOf(from), areaOf(to)];
    if (source === undefined || source === target || (isTest(from) && to.includes('/testing/'))) return [];
    const allowed = [...(LAYERS[source] ?? []), ...(COMPOSITION_ROOTS[from] ?? [])];
    return target !== undefined && allowed.includes(target) ? [] : [`${from} imports ${to}`];
  });
}

function doorViolations(files: readonly SourceFile[]): readonly string[] {
  const doors = new Set(files.map(({ path }) => path).filter((path) => posix.basename(path) === 'index.ts'));
  return files.flatMap(importsOf).flatMap(({ from, to }) => {
    const entered = foldersOf(to).filter(
      (folder) => !isInside(folder, from) && doors.has(`${folder}/index.ts`),
    );
    const looksInside = isTest(from) && isInside(posix.dirname(from), to);
    const passes =
      entered.length === 0 || looksInside || entered.some((folder) => to === `${folder}/index.ts`);
    return passes ? [] : [`${from} imports ${to}`];
  });
}

/** The folders that hold the file, the outermost first, without the root. */
function foldersOf(path: string): readonly string[] {
  const parts = posix.dirname(path).split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Each cycle once, as the folders on it. Tests import what they like from the layers, so they tie no folders together. */
function folderCycles(files: readonly SourceFile[]): readonly string[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of files.filter(({ path }) => !isTest(path)).flatMap(importsOf)) {
    const [source, target] = [posix.dirname(from), posix.dirname(to)];
    if (source === target || isInside(source, target) || isInside(target, source)) continue;
    edges.set(source, (edges.get(source) ?? new Set()).add(target));
  }
  const cycles = new Set<string>();
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): void => {
    const at = path.indexOf(folder);
    if (at >= 0) {
      cycles.add(path.slice(at).sort().join(' <-> '));
      return;
    }
    if (done.has(folder)) return;
    for (const next of edges.get(folder) ?? []) visit(next, [...path, folder]);
    done.add(folder);
  };
  for (const folder of edges.keys()) visit(folder, []);
  return [...cycles];
}

function clockReaders(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => path.startsWith('engines/') && path !== CLOCK_SOURCE && !isTest(path))
    .filter(({ text }) => CLOCK.test(withoutComments(text)))
    .map(({ path }) => path);
}

function defaultExports(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(
      ({ path, text }) =>
        path !== 'vitest.config.ts' &&
        /^export (default\b|\{[^}]*\bas default\b)/m.test(withoutComments(text)),
    )
    .map(({ path }) => path);
}

function projectFiles(): readonly SourceFile[] {
  const ignored = ['node_modules', 'results', 'target'];
  const walk = (folder: string): readonly SourceFile[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith('.') || ignored.includes(entry.name)) return [];
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return path.endsWith('.ts') && !path.endsWith('.d.ts')
        ? [{ path, text: readFileSync(path, 'utf8') }]
        : [];
    });
  return walk('.');
}

const project = projectFiles();

test('every file is in an area with a layer', () => {
  expect(project.length).toBeGreaterThan(100);
  expect(project.flatMap(importsOf).length).toBeGreaterThan(200);
  expect(unknownAreas(project)).toEqual([]);
});

test('areas import only the layers below them', () => expect(layerViolations(project)).toEqual([]));

test('folders are entered through their index.ts', () => expect(doorViolations(project)).toEqual([]));

test('folders do not import each other in a circle', () => expect(folderCycles(project)).toEqual([]));

test('no engine reads the clock', () => expect(clockReaders(project)).toEqual([]));

test('nothing is exported as default', () => expect(defaultExports(project)).toEqual([]));

const file = (path: string, ...lines: readonly string[]): SourceFile => ({ path, text: lines.join('\n') });

test.each<[string, readonly string[]]>([
  ["import { a } from '../a.ts';", ['engines/a.ts']],
  ["import type { A } from './a.ts';", ['engines/event/a.ts']],
  ["import {\n  a,\n  b,\n} from './a.ts';", ['engines/event/a.ts']],
  ["import './a.ts';", ['engines/event/a.ts']],
  ["export * from './a/index.ts';", ['engines/event/a/index.ts']],
  ["export const x = 1;\nexport { a } from './a.ts';", ['engines/event/a.ts']],
  ["const a = await import('./a.ts');", ['engines/event/a.ts']],
  ["import { z } from 'zod';\nimport { a } from './a.ts';", ['engines/event/a.ts']],
  ["const worker = new URL('./thread.ts', import.meta.url);", []],
  ["// import { a } from './a.ts';\n/* import './b.ts'; */", []],
])('imports are found: %j', (text, to) => {
  expect(importsOf(file('engines/event/x.ts', text)).map((found) => found.to)).toEqual(to);
});

test.each<[string, string, string]>([
  ['an engine imports another', 'engines/event/x.ts', "import { a } from '../micro-batch/index.ts';"],
  [
    'an engine imports the harness',
    'engines/event/x.ts',
    "import type { A } from '../../harness/run/index.ts';",
  ],
  ['kafka imports the engines', 'kafka/x.ts', "import { a } from '../engines/pipeline/index.ts';"],
  ['a workload imports an engine', 'workloads/x.ts', "import { a } from '../engines/event/index.ts';"],
  ['the harness names an engine', 'harness/run/x.ts', "import { a } from '../../engines/event/index.ts';"],
  ['reports import the harness', 'reports/text/x.ts', "import { a } from '../../harness/index.ts';"],
  ['the model imports a report', 'reports/model/x.ts', "import { a } from '../text/index.ts';"],
  ['the pipeline imports tools', 'engines/pipeline/x.ts', "import { a } from '../../ci/a.ts';"],
])('the layer rule bites: %s', (_, path, text) => {
  expect(layerViolations([file(path, text)])).toHaveLength(1);
});

test('the one file that names the engines may', () => {
  expect(
    layerViolations([file('harness/run/engines.ts', "import { a } from '../../engines/event/index.ts';")]),
  ).toEqual([]);
});

test('the door rule bites on a deep import, and lets own folders, enclosing folders and doors pass', () => {
  const doors = ['engines/pipeline', 'engines/pipeline/process', 'engines/event'].map((folder) =>
    file(`${folder}/index.ts`),
  );
  const violations = (path: string, to: string) =>
    doorViolations([...doors, file(path, `import { a } from '${to}';`)]);
  expect(violations('engines/event/x.ts', '../pipeline/process/protocol.ts')).toHaveLength(1);
  expect(violations('engines/pipeline/x.ts', './process/protocol.ts')).toHaveLength(1);
  expect(violations('engines/event/x.ts', '../pipeline/errors.ts')).toHaveLength(1);
  expect(violations('engines/event/x.test.ts', '../pipeline/errors.ts')).toHaveLength(1);
  expect(violations('engines/pipeline/x.test.ts', './process/protocol.ts')).toEqual([]);
  expect(violations('engines/event/x.ts', '../pipeline/index.ts')).toEqual([]);
  expect(violations('engines/event/x.ts', '../pipeline/process/index.ts')).toEqual([]);
  expect(violations('engines/pipeline/process/x.ts', '../errors.ts')).toEqual([]);
  expect(violations('engines/event/x.ts', './window/window.ts')).toEqual([]);
});

test('the cycle rule bites on circles of two and of three folders, not on a folder and its own', () => {
  const edge = (from: string, to: string) =>
    file(`${from}/x.ts`, `import { a } from '${posix.relative(from, to)}/index.ts';`);
  expect(folderCycles([edge('a/b', 'a/c'), edge('a/c', 'a/b')])).toEqual(['a/b <-> a/c']);
  expect(folderCycles([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual(['a <-> b <-> c']);
  expect(folderCycles([file('a/x.ts', "import { a } from './b/y.ts';"), edge('a/b', 'a')])).toEqual([]);
  expect(folderCycles([edge('a', 'b'), edge('b', 'c'), edge('a', 'c')])).toEqual([]);
});

test.each([
  'Date.now()',
  'new Date()',
  'performance.now()',
  'process.hrtime.bigint()',
  "import { performance } from 'node:perf_hooks';",
])('the clock rule bites: %s', (text) => {
  expect(clockReaders([file('engines/micro-batch/trigger/x.ts', text)])).toHaveLength(1);
  expect(clockReaders([file('harness/x.ts', text), file('engines/x.ts', `// ${text}`)])).toEqual([]);
});

test('a date of a stated time is no reading of the clock', () => {
  expect(clockReaders([file('engines/event/x.ts', 'new Date(timeMs).toISOString()')])).toEqual([]);
});

test.each(['export default function a() {}', 'export { a as default };'])(
  'the default export rule bites: %s',
  (text) => {
    expect(defaultExports([file('kafka/x.ts', text)])).toHaveLength(1);
  },
);
