import { themeStyle } from './plots/theme.ts';

/** The report page: one column, large enough for tired eyes, light or dark as the reader's system says. */
export const pageStyle = `
${themeStyle(':root')}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .6rem}
h1+p{font-size:1.1rem}
h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.7rem;border-top:1px solid var(--grid)}
h3{font-size:1.02rem;margin:1.6rem 0 .4rem}
p,ul{margin:.6rem 0}
li{margin:.15rem 0}
a{color:var(--measure)}
code,pre{font:.9em/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{overflow-wrap:anywhere}
pre{background:color-mix(in srgb,var(--grid) 45%,var(--paper));padding:12px 14px;border-radius:6px;overflow-x:auto}
.table{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;font-size:.92rem;min-width:60%}
th,td{padding:5px 12px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--grid);font-variant-numeric:tabular-nums}
th{color:var(--muted);font-weight:600;white-space:nowrap}
td code{white-space:nowrap}
svg{display:block;width:100%;height:auto;margin:1.1rem 0}
.verdict{padding:.05em .5em;border-radius:4px;white-space:nowrap;color:var(--paper);font-weight:650}
.pass{background:var(--good)}
.fail{background:var(--bad)}
.doubt{background:var(--slow);color:#1b1f24}
.pass::before{content:"✓ "}
.fail::before{content:"✗ "}
.doubt::before{content:"? "}
@media print{main{max-width:none}}
`.trim();
