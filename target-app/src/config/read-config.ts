import { z } from 'zod';

/** EX_USAGE and EX_UNAVAILABLE of sysexits.h. */
export const exitUsage = 64;
export const exitUnavailable = 69;

/** Prints one line on stderr and ends the process. */
export function exitWithLine(code: number, line: string): never {
  process.stderr.write(`${line.replaceAll('\n', ' ')}\n`);
  process.exit(code);
}

/** Parses the environment; a bad one is said in one line naming every variable, exit 64. Values are never printed. */
export function readConfig<T>(
  program: string,
  schema: z.ZodType<T>,
  env: NodeJS.ProcessEnv = process.env,
): T {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return exitWithLine(exitUsage, `${program}: bad environment: ${problems.join('; ')}`);
}

/** A TCP port given as text. */
export const portSchema = z.coerce.number().int().min(1).max(65535);

/** Milliseconds given as text. */
export const millisecondsSchema = (standard: number) =>
  z.coerce.number().int().min(1).max(3_600_000).default(standard);
