import type { Level } from '@firedrill/topology';
import { faultIn, ticketFires } from './annotations.ts';
import { insideTheShop } from './inside-the-shop.ts';
import { nodeRows } from './nodes/index.ts';
import type { Dashboard } from './panel.ts';
import { users } from './users.ts';

/** Pure: one level whole, and nothing that it has not: what its users get, its parts, and each of its nodes. */
export function levelBoard(level: Level): Dashboard {
  return {
    uid: `level-${level.number}`,
    title: `Level ${level.number}`,
    description: `${level.title}. Rate, errors and duration where the users come in; then each part, then each node. Faults of runs and tickets of the rules of Prometheus are shaded.`,
    variables: [],
    level: { number: level.number, service: level.service },
    annotations: [faultIn, ticketFires],
    rows: [
      { title: 'Users', panels: users(12) },
      ...insideTheShop.rows.filter(({ fromLevel = 1 }) => fromLevel <= level.number),
      ...nodeRows(level),
    ],
  };
}
