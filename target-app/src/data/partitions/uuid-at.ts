/** The lowest UUIDv7 of a moment: every id made before it is smaller, every other one is not. @param at ms since the epoch. */
export function uuidAt(at: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

/** The moment of a UUIDv7, ms since the epoch. */
export function timeOf(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}
