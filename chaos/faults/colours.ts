/**
 * One colour, one fault, in every plot: each pair looks different to colour-blind people too, and so does each from the
 * project's palette (colours.test.ts).
 */
export const colours = {
  'bad-release': '#cc15b3',
  bandwidth: '#97a749',
  'connect-hang': '#702b83',
  cut: '#8b163b',
  'disk-full': '#f1c295',
  drop: '#cd0e24',
  expire: '#a8f9c9',
  fail: '#a961e8',
  hog: '#045f0c',
  kill: '#621053',
  latency: '#aae05a',
  pause: '#1102dd',
  refuse: '#f57c8f',
  reset: '#9a5188',
  'restart-loop': '#864ffd',
  'slow-close': '#48f1fe',
  stall: '#5b019c',
  starve: '#64904f',
} as const;
