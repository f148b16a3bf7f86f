import { z } from 'zod';

/** Level 1 in containers, with every image there. */
export const dockerGoalSeconds = 30;

/** `docs/results/<date>-docker.json`: what `pnpm bench docker` measured. */
export const dockerResultSchema = z.looseObject({
  date: z.iso.date(),
  commit: z.string(),
  cores: z.number().int(),
  engine: z.string(),
  rounds: z.array(
    z.strictObject({
      level: z.number().int(),
      readySeconds: z.number(),
      downSeconds: z.number(),
      /** Runnable processes of the whole machine when it began, a minute's mean: above its cores it was busy with others. */
      loadBefore: z.number(),
    }),
  ),
});

export type DockerResult = Readonly<z.infer<typeof dockerResultSchema>>;
