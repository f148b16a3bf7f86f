import { z } from 'zod';
import { exitUnavailable, exitWithLine, readConfig } from '../config/read-config.ts';
import { migrate } from './migrate.ts';

const env = readConfig(
  'shop-migrate',
  z.object({ SHOP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }) }),
);
try {
  const applied = await migrate(env.SHOP_DATABASE_URL);
  process.stdout.write(
    `shop-migrate: ${applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`}\n`,
  );
} catch (error) {
  exitWithLine(exitUnavailable, `shop-migrate: ${error instanceof Error ? error.message : String(error)}`);
}
