import { palette, paletteDark } from '@firedrill/slo/palette';

/** Colours as CSS variables, so that one drawing reads well on light and on dark paper: the project's palette of each. */
const light = {
  ...palette,
  ink: '#1b1f24',
  muted: '#57606a',
  grid: '#d8dee4',
  paper: '#ffffff',
};

type Colours = Readonly<Record<keyof typeof light, string>>;

const dark: Colours = {
  ...paletteDark,
  ink: '#e6edf3',
  muted: '#9aa4ae',
  grid: '#343b44',
  paper: '#0d1117',
};

/** Style rules that set the variables for `selector`, following the reader's preference. */
export function themeStyle(selector: string): string {
  const rules = (colours: Colours) =>
    Object.entries(colours)
      .map(([name, value]) => `--${name}:${value}`)
      .join(';');
  return `${selector}{${rules(light)}}@media (prefers-color-scheme:dark){${selector}{${rules(dark)}}}`;
}

/** A colour by its meaning. */
export const themed = (name: keyof typeof light): string => `var(--${name})`;
