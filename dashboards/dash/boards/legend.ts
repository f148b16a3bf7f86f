/** Pure: Grafana's legend template, filled with a series' labels; the labels themselves where it is empty. */
export function legendOf(template: string, labels: Readonly<Record<string, string>>): string {
  if (template !== '') {
    return template.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => labels[name] ?? '').trim();
  }
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
