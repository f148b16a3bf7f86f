import { z } from 'zod';

/** EX_USAGE and EX_UNAVAILABLE of sysexits.h. */
export const exitUsage = 64;
export const exitUnavailable = 69;

/** Prints one line on stderr and ends the process. */
export function exitWithLine(code: number, line: string): never {
  process.stderr.write(`${line.replaceAll('\n', ' ')}\n`);
  process.exit(code);
}

/** What an environment means, or one line naming every variable that is wrong. Values are never printed. */
export function parseConfig<T>(
  schema: z.ZodType<T>,
  env: NodeJS.ProcessEnv,
): { readonly config: T } | { readonly problem: string } {
  const parsed = schema.safeParse(env);
  if (parsed.success) return { config: parsed.data };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return { problem: problems.join('; ') };
}

/** Parses the environment; a bad one is said in one line, exit 64. */
export function readConfig<T>(
  program: string,
  schema: z.ZodType<T>,
  env: NodeJS.ProcessEnv = process.env,
): T {
  const parsed = parseConfig(schema, env);
  if ('config' in parsed) return parsed.config;
  return exitWithLine(exitUsage, `${program}: bad environment: ${parsed.problem}`);
}

/** The address to listen on. Only a container of its own, which is a host for itself, says 0.0.0.0. */
export const listenHostSchema = z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1');

/** A TCP port given as text. */
export const portSchema = z.coerce.number().int().min(1).max(65535);

/** Milliseconds given as text. */
export const millisecondsSchema = (standard: number) =>
  z.coerce.number().int().min(1).max(3_600_000).default(standard);

/** `true` or `false` given as text; nothing is `false`. */
export const switchSchema = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

/** The level that is asked of the shop: with it grow its parts. */
export const levelSchema = z.coerce.number().int().min(1).max(6).default(1);

/** How orders are cut by time, from level 3 on. */
export const partitionFields = {
  /** The time that one partition holds. */
  SHOP_PARTITION_MINUTES: z.coerce.number().int().min(1).max(525_600).default(60),
  /** How many whole ones are made ahead of the one of now. */
  SHOP_PARTITIONS_AHEAD: z.coerce.number().int().min(1).max(100).default(3),
};
