import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { themeStyle } from '@firedrill/chaos/theme';

/** A file of the page, as it goes over the wire. */
export interface Asset {
  readonly path: string;
  readonly type: string;
  readonly gzip: Buffer;
}

const page = join(import.meta.dirname, '..', 'page');
const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

/** A file of a direct dependency: pnpm puts it here, and its `exports` would lead Node to what is for Node. */
const inPackage = (...path: readonly string[]): string =>
  readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', ...path), 'utf8');

/** Addresses of what the page's modules import by name. */
export const importMap = {
  imports: {
    'lit-html': '/lib/lit-html/lit-html.js',
    'lit-html/directive.js': '/lib/lit-html/directive.js',
    'lit-html/directive-helpers.js': '/lib/lit-html/directive-helpers.js',
    'lit-html/directives/repeat.js': '/lib/lit-html/directives/repeat.js',
    'lit-html/directives/unsafe-html.js': '/lib/lit-html/directives/unsafe-html.js',
  },
};

const isModule = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.test.ts');

/** All that the page consists of, by its address. Nothing else of the disk can be asked for. */
export function pageAssets(): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  const add = (path: string, type: string, text: string): void => {
    assets.set(path, { path, type, gzip: gzipSync(text, { level: 9 }) });
  };
  for (const name of readdirSync(page).filter(isModule)) {
    add(
      `/page/${name}`,
      script,
      quietly(() => stripTypeScriptTypes(readFileSync(join(page, name), 'utf8'))),
    );
  }
  add('/page/style.css', style, `${themeStyle(':root')}\n${readFileSync(join(page, 'style.css'), 'utf8')}`);
  for (const path of Object.values(importMap.imports)) {
    add(path, script, inPackage('lit-html', path.slice('/lib/lit-html/'.length)));
  }
  add('/lib/echarts.js', script, inPackage('echarts', 'dist', 'echarts.common.min.js'));
  return assets;
}

/** Node says of the very function that it reads this program by that it is experimental: no word for who starts a page. */
function quietly<Value>(work: () => Value): Value {
  const emit = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emit;
  }
}
