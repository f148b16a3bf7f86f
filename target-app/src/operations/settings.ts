import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { exitUsage, exitWithLine, parseConfig, readConfig } from '../config/read-config.ts';
import { type ShopConfig, shopConfigSchema } from '../config/shop-config.ts';
import { type Modes, modesOf } from './modes.ts';

/** Settings that take effect at once; any other waits for the next start. */
const live: ReadonlySet<string> = new Set([
  'SHOP_READ_ONLY',
  'SHOP_CAPTURE_LATER',
  'SHOP_SHED_SHARE',
  'SHOP_PAYMENT_TOKEN',
] satisfies (keyof ShopConfig)[]);

export type Reloaded =
  /** @property waiting settings that differ from what runs, and take effect at the next start. */
  | { readonly kind: 'reloaded'; readonly waiting: readonly string[] }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly problem: string };

/** The shop's settings: what it was started with, and what an operator has changed since. */
export class Settings {
  readonly #env: NodeJS.ProcessEnv;
  /** As the process was started. */
  readonly started: ShopConfig;
  #current: ShopConfig;

  private constructor(env: NodeJS.ProcessEnv, started: ShopConfig) {
    this.#env = env;
    this.started = started;
    this.#current = started;
  }

  /** From the environment and the settings file that it names. A bad one ends the process with one line, exit 64. */
  static read(program: string, env: NodeJS.ProcessEnv = process.env): Settings {
    try {
      return new Settings(env, readConfig(program, shopConfigSchema, withFile(env)));
    } catch (error) {
      return exitWithLine(exitUsage, `${program}: bad environment: SHOP_SETTINGS: ${messageOf(error)}`);
    }
  }

  get modes(): Modes {
    return modesOf(this.#current);
  }

  get paymentToken(): string {
    return this.#current.SHOP_PAYMENT_TOKEN;
  }

  /** Reads the file again: all of it is taken, or nothing. */
  reload(): Reloaded {
    try {
      const parsed = parseConfig(shopConfigSchema, withFile(this.#env));
      if ('problem' in parsed) return { kind: 'refused', problem: parsed.problem };
      const { config } = parsed;
      this.#current = { ...this.started, ...pick(config) };
      const waiting = Object.entries(config)
        .filter(
          ([name, value]) =>
            !live.has(name) && !isDeepStrictEqual(value, this.started[name as keyof ShopConfig]),
        )
        .map(([name]) => name);
      return { kind: 'reloaded', waiting };
    } catch (error) {
      return { kind: 'refused', problem: `SHOP_SETTINGS: ${messageOf(error)}` };
    }
  }
}

const pick = (config: ShopConfig): Partial<ShopConfig> =>
  Object.fromEntries(Object.entries(config).filter(([name]) => live.has(name)));

function withFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = env['SHOP_SETTINGS'];
  return path === undefined ? env : { ...env, ...parseEnv(readFileSync(path, 'utf8')) };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
