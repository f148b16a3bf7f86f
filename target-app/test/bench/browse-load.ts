import { Pool } from 'undici';

/** Reads products as fast as the shop answers. @returns how many it read. */
export async function browseAsFastAsPossible(
  url: string,
  connections: number,
  seconds: number,
): Promise<number> {
  const pool = new Pool(url, { connections });
  const until = performance.now() + seconds * 1000;
  let read = 0;
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const sku = `SKU-${String(1 + Math.floor(Math.random() * 200)).padStart(4, '0')}`;
      const { statusCode, body } = await pool.request({ method: 'GET', path: `/products/${sku}` });
      await body.dump();
      if (statusCode !== 200) throw new Error(`a product was answered ${statusCode}`);
      read += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, reader));
  await pool.close();
  return read;
}
