import { themeStyle } from './plots/theme.ts';

/** Pure: a drawing that brings its own colours, for readers of Markdown. */
export function standalone(svg: string): string {
  return svg.replace(/(<svg [^>]*>)/, `$1\n<style>${themeStyle('svg')}</style>`);
}
