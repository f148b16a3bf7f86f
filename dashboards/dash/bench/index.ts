export { requireBrowser } from '../testing/browser.ts';
export { measureDash } from './measure-dash.ts';
