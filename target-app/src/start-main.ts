import { existsSync } from 'node:fs';
import { exitUsage, exitWithLine } from './config/read-config.ts';
import { Settings } from './operations/settings.ts';

// A release is an entry and its settings: both stand in the settings file.
const { SHOP_ENTRY } = Settings.read('shop').started;
const entry = new URL(`../${SHOP_ENTRY}`, import.meta.url);
if (!existsSync(entry))
  exitWithLine(exitUsage, `shop: bad environment: SHOP_ENTRY: there is no ${SHOP_ENTRY}`);
await import(entry.href);
