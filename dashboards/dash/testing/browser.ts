import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine; `undefined`: it has none on PATH. */
export function browserPath(path = process.env['PATH'] ?? ''): string | undefined {
  const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The same for what cannot do without. @throws {FiredrillError} `component-unavailable` */
export function requireBrowser(path?: string): string {
  const found = browserPath(path);
  if (found !== undefined) return found;
  throw new FiredrillError('component-unavailable', 'there is no Chromium on PATH', {
    fix: 'install one, on Debian: apt-get install chromium',
  });
}

/** It asks nobody but the page: no updates, no accounts, no other network. */
export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    // Playwright would end this process before its lab is down. The browser goes with it all the same.
    handleSIGINT: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
