/** Text that must not be read as Markdown. */
export function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`).replaceAll('\n', ' ');
}

/** Text in a fixed-width face. */
export function code(text: string): string {
  return `\`${text.replaceAll('`', 'ʼ').replaceAll('|', '\\|').replaceAll('\n', ' ')}\``;
}

/** A table; the columns named with a trailing `>` are aligned to the right. Nothing when there are no rows. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const names = columns.map((column) => column.replace(/>$/, ''));
  const rules = columns.map((column) => (column.endsWith('>') ? '---:' : '---'));
  return [names, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Paragraphs and blocks with one empty line between them; empty ones are left out. */
export function blocks(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Where a plot stands; report.html puts the drawing itself in its place. */
export function plotImage(name: string, title: string): string {
  return `![${title}](plots/${name}.svg)`;
}
