import { createHash } from 'node:crypto';
import { importMap } from './assets.ts';

const map = JSON.stringify(importMap);
const mapHash = createHash('sha256').update(map).digest('base64');

/** The page may load its own scripts and styles, and ask its own server: nothing else. */
export const pagePolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${mapHash}'`,
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A report, or a page that only says something: it draws, and runs nothing. */
export const stillPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Pure: the page before anything is known. @param modules the addresses of its scripts, fetched side by side */
export const pageHtml = (modules: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Firedrill</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/style.css">
<script type="importmap">${map}</script>
<link rel="preload" href="/api/snapshot" as="fetch" crossorigin="anonymous">
${modules.map((path) => `<link rel="modulepreload" href="${path}">`).join('\n')}
<link rel="preload" href="/lib/echarts.js" as="script" fetchpriority="low">
<script type="module" src="/page/main.ts"></script>
</head>
<body>
<div id="app"><p class="loading">Firedrill: looking at the lab …</p></div>
<noscript><p class="loading">This page draws itself by JavaScript. Without it: pnpm lab status, pnpm slo status, pnpm oncall list.</p></noscript>
</body>
</html>
`;

const escaped = (markup: string): string =>
  markup.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Pure: a page that only says something. */
export const messageHtml = (title: string, text: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:32px;max-width:70ch;overflow-wrap:anywhere}h1{font-size:1.3rem}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</body>
</html>
`;
