/** SQL for a timestamp as ISO 8601 in UTC, inside of JSON that PostgreSQL makes. */
export function isoTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
