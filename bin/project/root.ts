import { resolve } from 'node:path';

/** The checkout's folder: every project script works from here. */
export const root = resolve(import.meta.dirname, '../..');
