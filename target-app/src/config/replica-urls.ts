import { z } from 'zod';

/** A server that may be a replica, or become one. */
export interface ReplicaUrl {
  /** As metrics and answers name it: `pg-2`. */
  readonly name: string;
  readonly url: string;
}

const urlSchema = z.url({ protocol: /^postgres(ql)?$/ });

/** `pg-1=postgres://…,pg-2=postgres://…`; nothing for a shop without replicas. */
export const replicaUrlsSchema = z
  .string()
  .default('')
  .transform((text, context): readonly ReplicaUrl[] => {
    const entries = text.split(',').filter((entry) => entry !== '');
    const replicas = entries.map((entry) => {
      const equals = entry.indexOf('=');
      return { name: entry.slice(0, Math.max(0, equals)), url: entry.slice(equals + 1) };
    });
    const names = new Set(replicas.map(({ name }) => name));
    const valid = replicas.every(
      ({ name, url }) => /^[a-z0-9-]+$/.test(name) && urlSchema.safeParse(url).success,
    );
    if (!valid || names.size !== replicas.length) {
      context.addIssue('must be name=postgres://… entries with a comma between, each name once');
    }
    return replicas;
  });
