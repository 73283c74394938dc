/** The style of a case that was saved as a readable file: for the screen, light and dark, and for paper. */
export const READABLE_STYLE = `
:root { color-scheme: light dark; --paper: #fbfbf8; --card: #fff; --ink: #1a2326; --soft: #434f53; --line: #d3dada; --accent: #0b4a57; --accent-soft: #e8f1f1; --wrong: #8a1a10; --wrong-soft: #fbeeeb; }
@media (prefers-color-scheme: dark) { :root { --paper: #11181a; --card: #192225; --ink: #e7eceb; --soft: #b9c5c6; --line: #344246; --accent: #93d5df; --accent-soft: #172d32; --wrong: #ffb5aa; --wrong-soft: #321d1a; } }
*, ::before, ::after { box-sizing: border-box; }
html { font: 106.25%/1.6 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", system-ui, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; }
main { max-width: 46rem; margin-inline: auto; padding: 2rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.25; margin: 0 0 .6rem; }
h1 { font-size: 2rem; letter-spacing: -.02em; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1rem; }
p { margin: 0 0 .6rem; }
section { margin-top: 2.5rem; }
ul { margin: 0; padding-inline-start: 1.3rem; }
.banner, .warnings { padding: 1rem 1.25rem; border: .15rem solid var(--wrong); border-radius: .3rem; background: var(--wrong-soft); }
.banner p, .warnings p { margin: 0; }
.banner h2, .warnings h2 { font-size: 1.1rem; margin-bottom: .3rem; }
.warnings { margin-top: 1.25rem; }
.facts { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; margin: 0; }
.facts dt, .facts dd { margin: 0; padding: .35rem 1rem .35rem 0; border-top: 1px solid var(--line); }
.facts dt { color: var(--soft); }
bdi { unicode-bidi: isolate; }
.written { white-space: pre-wrap; unicode-bidi: isolate; overflow-wrap: anywhere; margin: 0 0 1rem; }
.answer { margin-top: 1.25rem; }
.timeline { list-style: none; margin: 0; padding: 0; }
.timeline > li { padding: .9rem 0 .3rem; border-top: 1px solid var(--line); }
.timeline h3 { margin-bottom: .3rem; }
.timeline .event { font-weight: 400; }
.timeline time { color: var(--soft); font-weight: 400; margin-inline-end: .6rem; }
.timeline > .note { padding-inline-start: 1rem; border-inline-start: .3rem double var(--soft); }
.internal { display: inline-block; padding: .05rem .6rem; border: .12rem solid var(--ink); font-weight: 700; }
.wrong { color: var(--wrong); font-weight: 600; }
.soft { color: var(--soft); }
@media (max-width: 32rem) { .facts { grid-template-columns: 1fr; } .facts dd { border-top: 0; padding-top: 0; } }
@media print {
  @page { margin: 2cm; }
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #000; --line: #777; --wrong: #000; --wrong-soft: #fff; }
  html { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  .banner, .warnings, .facts dt, .facts dd { break-inside: avoid; }
}
`;
