import type { Facts } from '../facts.ts';

/** One computed chapter as Markdown; empty when there is nothing to say. */
export type Section = (facts: Facts) => string;
