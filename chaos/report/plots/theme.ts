import { palette } from '@firedrill/slo/palette';

/**
 * Colours as CSS variables, so that one drawing reads well on light and on dark paper. Light takes the project's palette as
 * it is; dark lightens what would sink into the ground. Both keep the hues that colour-blind eyes tell apart.
 */
const light: Readonly<Record<string, string>> = {
  ink: '#1b1f24',
  muted: '#57606a',
  grid: '#d8dee4',
  paper: '#ffffff',
  good: palette.good,
  bad: palette.bad,
  slow: palette.slow,
  excluded: palette.excluded,
  measure: palette.measure,
  page: palette.page,
  threshold: palette.threshold,
};

const dark: Readonly<Record<string, string>> = {
  ...light,
  ink: '#e6edf3',
  muted: '#9aa4ae',
  grid: '#343b44',
  paper: '#0d1117',
  good: '#22b98e',
  bad: '#f5843c',
  measure: '#56b4e9',
  page: '#e39cc4',
  threshold: '#e6edf3',
};

/** Style rules that set the variables for `selector`, following the reader's preference. */
export function themeStyle(selector: string): string {
  const rules = (colours: Readonly<Record<string, string>>) =>
    Object.entries(colours)
      .map(([name, value]) => `--${name}:${value}`)
      .join(';');
  return `${selector}{${rules(light)}}@media (prefers-color-scheme:dark){${selector}{${rules(dark)}}}`;
}

/** A colour by its meaning. */
export const themed = (name: keyof typeof light): string => `var(--${name})`;
