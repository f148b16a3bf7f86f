import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserPath, requireBrowser } from './browser.ts';

let folder: string;
let [empty, full] = ['', ''];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-browser-'));
  [empty, full] = [join(folder, 'empty'), join(folder, 'full')];
  for (const path of [empty, full]) mkdirSync(path);
  writeFileSync(join(full, 'chromium'), '', { mode: 0o755 });
  writeFileSync(join(empty, 'chromium'), 'not to be executed', { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true }));

it('is the first on PATH that may be executed', () => {
  expect(requireBrowser([empty, full].join(delimiter))).toBe(join(full, 'chromium'));
});

it('is undefined where there is none, and one line with exit code 69 for what cannot do without', () => {
  expect(browserPath(empty)).toBeUndefined();
  const refused = (): unknown => {
    try {
      return requireBrowser(empty);
    } catch (error) {
      return error;
    }
  };
  const error = refused();
  expect(error).toBeInstanceOf(FiredrillError);
  expect((error as FiredrillError).exitCode).toBe(69);
  expect((error as FiredrillError).toLine()).toMatch(/no Chromium on PATH: install one/);
});
