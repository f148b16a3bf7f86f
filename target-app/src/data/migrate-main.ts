import { z } from 'zod';
import { exitUnavailable, exitWithLine, levelSchema, readConfig } from '../config/read-config.ts';
import { migrate } from './migrate.ts';

const env = readConfig(
  'shop-migrate',
  z.object({ SHOP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }), SHOP_LEVEL: levelSchema }),
);
try {
  const applied = await migrate(env.SHOP_DATABASE_URL, env.SHOP_LEVEL);
  process.stdout.write(
    `shop-migrate: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`,
  );
} catch (error) {
  exitWithLine(exitUnavailable, `shop-migrate: ${error instanceof Error ? error.message : String(error)}`);
}
