import { withPrices } from '../../src/catalogue/prices.ts';
import type { BrokenShop } from './broken-shop.ts';

export const stockReadThenWrite: BrokenShop = {
  mistake: 'Stock is read, compared in the program and written back, without a lock between.',
  seams: {
    parts: (parts) => ({
      ...parts,
      stock: {
        ...parts.stock,
        hold: async (queries, lines) => {
          const rows = await queries.rows<{ sku: string; available: number }>(
            'SELECT sku, available FROM stock WHERE sku = ANY ($1)',
            [lines.map((line) => line.sku)],
          );
          const available = new Map(rows.map((row) => [row.sku, row.available]));
          if (lines.some((line) => (available.get(line.sku) ?? 0) < line.quantity)) return undefined;
          for (const line of lines) {
            await queries.rows('UPDATE stock SET available = $2, held = held + $3 WHERE sku = $1', [
              line.sku,
              (available.get(line.sku) ?? 0) - line.quantity,
              line.quantity,
            ]);
          }
          return withPrices(queries, lines);
        },
      },
    }),
  },
};
