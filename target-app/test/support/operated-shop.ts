import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { RunningShop, ShopBench, ShopOptions } from './shop-bench.ts';

/** `SHOP_READ_ONLY: 'true'` … */
type SettingLines = Readonly<Record<string, string>>;

/** A shop whose operator can change its settings while it runs. */
export interface OperatedShop extends RunningShop {
  /** Every setting of the file from now on, told to each api. @returns what waits for the next start. */
  set(lines: SettingLines): Promise<readonly string[]>;
  /** Removes the file. */
  end(): Promise<void>;
}

export const adminToken = 'test-admin-token';

/** @param first what its settings file says when it starts. */
export async function startOperatedShop(
  bench: ShopBench,
  env: Readonly<Record<string, string>> = {},
  options: ShopOptions & { readonly first?: SettingLines } = {},
): Promise<OperatedShop> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-settings-'));
  const path = join(folder, 'settings.env');
  const write = async (lines: SettingLines) => {
    const text = Object.entries(lines).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(`${path}.new`, text.join(''));
    await rename(`${path}.new`, path);
  };
  await write(options.first ?? {});
  const own = { SHOP_SETTINGS: path, SHOP_ADMIN_TOKEN: adminToken };
  const shop = await bench.startShop({ ...own, ...env }, options);
  return {
    ...shop,
    set: async (lines) => {
      await write(lines);
      const waiting = await Promise.all(
        shop.apis.map(async ({ url }) => {
          const headers = { authorization: `Bearer ${adminToken}` };
          const answer = await fetch(`${url}/admin/reload`, { method: 'POST', headers });
          const body = (await answer.json()) as { readonly waiting: readonly string[] };
          expect(answer.status, JSON.stringify(body)).toBe(200);
          return body.waiting;
        }),
      );
      return [...new Set(waiting.flat())];
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
