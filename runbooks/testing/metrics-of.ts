/** Pure: the metrics that a query of a runbook names, each once. Enough PromQL for those, not for all. */
export function metricsOf(query: string): readonly string[] {
  const bare = query
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\boffset\s+\S+/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '');
  const words = [...bare.matchAll(/[a-zA-Z_:][a-zA-Z0-9_:]*(?!\w)(?!\s*\()/g)].map(([word]) => word);
  return [...new Set(words)].filter((word) => !['or', 'and', 'unless', 'bool', 'by'].includes(word));
}
