import { z } from 'zod';
import {
  exitUnavailable,
  exitWithLine,
  levelSchema,
  partitionFields,
  readConfig,
} from '../config/read-config.ts';
import { migrate } from './migrate.ts';
import { partitionOptions } from './partitions/make-partitions.ts';

const env = readConfig(
  'shop-migrate',
  z.object({
    SHOP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    SHOP_LEVEL: levelSchema,
    ...partitionFields,
  }),
);
try {
  const applied = await migrate(env.SHOP_DATABASE_URL, {
    level: env.SHOP_LEVEL,
    partitions: partitionOptions(env),
  });
  process.stdout.write(
    `shop-migrate: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`,
  );
} catch (error) {
  exitWithLine(exitUnavailable, `shop-migrate: ${error instanceof Error ? error.message : String(error)}`);
}
