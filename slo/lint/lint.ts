import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { levelsWithSlos, specFile } from '../catalogue.ts';
import { clocks } from '../clock.ts';
import { type AlertWindows, windowsFile } from '../windows.ts';
import type { Finding } from './finding.ts';
import { idsOf, levelOf, lintSpec, slosIn } from './lint-spec.ts';
import { type LintedWindows, lintWindows } from './lint-windows.ts';
import type { SpecToLint } from './rule.ts';
import { type YamlSource, yamlSource } from './source.ts';

export interface LintResult {
  /** As they were named. */
  readonly files: readonly string[];
  /** In the specs among them. */
  readonly slos: number;
  readonly findings: readonly Finding[];
}

/** A file of ours has 3 KB; reading more than this is a mistake. */
const largestBytes = 1_000_000;

const root = join(import.meta.dirname, '../..');

/** The committed specs of these levels (all by default) and the windows of both clocks. */
export function committedFiles(levels: readonly number[] = levelsWithSlos()): readonly string[] {
  return [...clocks.map(windowsFile), ...levels.map(specFile)].map((file) => join('slo', file));
}

/**
 * Lints specs and alert windows, each as what it says it is; paths are taken from `base`.
 * @throws {FiredrillError} `usage` for a file that is not there.
 */
export function lintFiles(files: readonly string[], base = root): LintResult {
  const named = files.map((file) => readSource(file, resolve(base, file)));
  const namedPaths = new Set(files.map((file) => resolve(base, file)));
  const others = committedFiles()
    .filter((file) => !namedPaths.has(join(root, file)))
    .map((file) => readSource(file, join(root, file)));
  const windows = lintedWindows([...named, ...others], others);
  const findings = named.flatMap((source): readonly Finding[] => {
    if (source.broken.length > 0) return source.broken;
    const asWindows = windows.get(source);
    if (asWindows !== undefined) return asWindows.findings;
    const level = levelOf(source);
    const strangers = [...named, ...others.filter((other) => levelOf(other) !== level)];
    const takenIds = new Map(
      strangers
        .filter((other) => other !== source && !isWindows(other))
        .flatMap((other) => idsOf(other).map((id) => [id, other.file] as const)),
    );
    return lintSpec(source, { windows: soundWindows([...windows.values()]), takenIds });
  });
  const slos = named.filter((source) => !isWindows(source)).flatMap(idsOf).length;
  return { files, slos, findings };
}

/** The alert windows among some files. Those specs alert on them that are not linted themselves, and so cannot say it. */
function lintedWindows(
  sources: readonly YamlSource[],
  silent: readonly YamlSource[],
): ReadonlyMap<YamlSource, LintedWindows> {
  const slos = silent.filter((source) => !isWindows(source)).flatMap(slosIn);
  const own = sources.filter(isWindows);
  const lint = (source: YamlSource, production?: AlertWindows): LintedWindows =>
    lintWindows(source, { slos, production });
  const production = own.map((source) => lint(source)).find(({ clock }) => clock === 'production')?.windows;
  return new Map(own.map((source) => [source, lint(source, production)]));
}

/** Of each clock the first that nothing is wrong with: what is wrong with windows is not told of every spec again. */
function soundWindows(linted: readonly LintedWindows[]): SpecToLint['windows'] {
  return Object.fromEntries(
    linted
      .filter(({ findings }) => findings.length === 0)
      .toReversed()
      .map(({ clock, windows }) => [clock, windows]),
  );
}

/** By what only alert windows have; everything else is taken for a spec, and its shape refused if it is none. */
function isWindows({ data }: YamlSource): boolean {
  const keys = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  return ['kind', 'apiVersion', 'spec'].some((key) => keys.includes(key));
}

function readSource(file: string, path: string): YamlSource {
  const stat = statSync(path, { throwIfNoEntry: false });
  const problem =
    stat === undefined
      ? 'there is no such file'
      : !stat.isFile()
        ? 'is not a file'
        : stat.size > largestBytes
          ? `is larger than ${largestBytes / 1e6} MB`
          : undefined;
  if (problem !== undefined) {
    throw new FiredrillError('usage', problem, {
      where: file,
      fix: 'name a Sloth spec or an alert windows file',
    });
  }
  return yamlSource(readFileSync(path, 'utf8'), file);
}
