import { createHash } from 'node:crypto';

// One stylesheet, no font and no picture of others: it works in a closed network and on a slow line.

const style = `:root{color-scheme:light dark;--ground:#fff;--field:#f3f7f5;--ink:#17211c;--soft:#4d5c54;--line:#d3ddd7;--green:#0d5238;--on-green:#fff;--mark:#e6f1eb;--warn:#8c2f16;--warn-ground:#fbeee9;--still:#6b5200;--still-ground:#faf3dc}
@media (prefers-color-scheme:dark){:root{--ground:#111715;--field:#1a2320;--ink:#e7eeea;--soft:#a9b8b0;--line:#33413a;--green:#8fd3b1;--on-green:#0c2118;--mark:#1b3328;--warn:#f3ad97;--warn-ground:#3a211a;--still:#e6cf86;--still-ground:#332b12}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--ground);color:var(--ink);font:1.0625rem/1.75 system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC",sans-serif;overflow-wrap:break-word;line-break:strict}
a{color:var(--green);text-decoration-thickness:1px;text-underline-offset:.2em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--green);outline-offset:2px;border-radius:2px}
.wide{max-width:66rem;margin:0 auto;padding-left:1.25rem;padding-right:1.25rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;padding:.5rem 1rem;background:var(--ground);z-index:1}
.top{border-top:6px solid var(--green);border-bottom:1px solid var(--line)}
.top .wide{display:flex;flex-wrap:wrap;align-items:center;gap:.35rem 1.5rem;padding-top:1rem}
.brand{flex:1 1 auto;color:inherit;text-decoration:none;line-height:1.35}
.brand b{display:block;font-size:1.2rem;letter-spacing:.02em}
.brand>span{color:var(--soft);font-size:.9rem}
.top nav{flex:1 1 100%}
.top ul{display:flex;flex-wrap:wrap;gap:0 1.8rem;list-style:none;margin:.3rem 0 -1px;padding:0}
.top li a{display:inline-block;padding:.45rem 0;text-decoration:none;border-bottom:3px solid transparent}
.top li a:hover{border-color:var(--line)}
.top li a[aria-current]{border-color:var(--green);font-weight:600}
.other{padding:.45rem 0}
main{flex:1 0 auto;width:100%;padding-top:2.4rem;padding-bottom:4rem}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.3rem);line-height:1.3;margin:0 0 .6rem;letter-spacing:.01em;text-wrap:balance}
h2{font-size:1.3rem;line-height:1.4;margin:2.8rem 0 .9rem;padding-bottom:.35rem;border-bottom:2px solid var(--green)}
h3{font-size:1.1rem;line-height:1.5;margin:0}
h1,h2,h3{min-width:0;overflow-wrap:anywhere}
p{margin:0 0 1rem;max-width:44em}
.lead{font-size:1.12rem;color:var(--soft)}
.soft,.help{color:var(--soft)}
.help{font-size:.92rem;margin:.4rem 0 0}
.code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.96em;overflow-wrap:anywhere}
form{margin:0}
.day{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .8rem;margin:1.4rem 0;padding:.8rem 1.2rem;border:1px solid var(--line)}
.day label,.day .help{margin:0}
.day button{padding:.4rem 1.1rem;background:var(--ground);color:var(--green)}
.ask{margin:1.5rem 0 .5rem;padding:1.25rem;background:var(--field);border:1px solid var(--line);border-left:6px solid var(--green)}
label{display:block;font-weight:600;margin-bottom:.35rem}
.row{display:flex;flex-wrap:wrap;gap:.6rem}
input,select,button{font:inherit;color:inherit;min-height:2.9rem;border-radius:3px}
input,select{background:var(--ground);border:1px solid var(--soft);padding:.4rem .7rem;max-width:100%}
.row .grow{flex:1 1 16rem;min-width:0}
button{background:var(--green);color:var(--on-green);border:1px solid var(--green);padding:.4rem 1.6rem;font-weight:600;cursor:pointer}
button:hover{filter:brightness(1.12)}
.bar-form{display:flex;flex-wrap:wrap;gap:.8rem 1rem;align-items:end}
.bar-form>div{flex:0 1 auto;min-width:0}
.bar-form>.grow{flex:1 1 14rem}
.bar-form .grow input{width:100%}
ul.list{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
ul.list>li{padding:1.1rem 0;border-bottom:1px solid var(--line)}
ul.list p{margin:.2rem 0 0;max-width:none}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1rem;list-style:none;margin:1rem 0 0;padding:0}
.cards li{border:1px solid var(--line);border-top:4px solid var(--green);padding:1rem 1.1rem 1.1rem}
.cards a{font-weight:600;font-size:1.1rem}
.cards p{margin:.3rem 0 0;color:var(--soft);font-size:.97rem}
.tag{display:inline-block;padding:.05rem .6rem;border-radius:2px;font-size:.9rem;font-weight:600;background:var(--mark);color:var(--green);white-space:nowrap}
.tag.barred,.tag.no{background:var(--warn-ground);color:var(--warn)}
.tag.stayed,.tag.hint{background:var(--still-ground);color:var(--still)}
.tag.ended,.tag.annulled,.tag.outside{background:var(--field);color:var(--soft)}
.note{margin:1.2rem 0;padding:1rem 1.2rem;background:var(--mark);border-left:6px solid var(--green)}
.note.barred{background:var(--warn-ground);border-color:var(--warn)}
.note.stayed,.note.fault{background:var(--still-ground);border-color:var(--still)}
.note p{margin:.2rem 0 0}
.note strong{font-size:1.15rem}
.note ul{margin:.3rem 0 0;padding-left:1.3rem}
dl.facts{display:grid;grid-template-columns:minmax(8.5em,max-content) 1fr;gap:.45rem 1.5rem;margin:.6rem 0}
dl.facts dt{color:var(--soft)}
dl.facts dd{margin:0;min-width:0}
dl.facts dd p{margin:0}
.entry{padding:1.2rem 0;border-bottom:1px solid var(--line)}
.entry header{display:flex;flex-wrap:wrap;gap:.3rem .8rem;align-items:baseline}
.days{font-weight:600}
table{width:100%;border-collapse:collapse;margin:.6rem 0 1rem}
caption{text-align:left;color:var(--soft);padding-bottom:.5rem}
th,td{text-align:left;vertical-align:top;padding:.6rem .7rem;border-bottom:1px solid var(--line)}
thead th{background:var(--field);font-weight:600;white-space:nowrap}
tbody th{font-weight:600}
tbody th .code{overflow-wrap:normal}
td.cite{color:var(--soft);font-size:.94rem;min-width:9.5em}
.links a{display:inline-block;margin-right:1.4rem;padding:.15rem 0}
ol.steps{margin:.4rem 0;padding-left:1.4rem}
ol.steps li{margin:.2rem 0}
.pages{display:flex;flex-wrap:wrap;gap:.6rem 1.4rem;margin-top:1.6rem}
.pages a{padding:.45rem 1.1rem;border:1px solid var(--green);border-radius:3px;text-decoration:none}
.foot{border-top:1px solid var(--line);background:var(--field);font-size:.94rem;color:var(--soft)}
.foot .wide{padding-top:1.5rem;padding-bottom:2.2rem}
.foot p{margin:0 0 .3rem}
.paper{display:none;max-width:none;overflow-wrap:anywhere}
.foot ul{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;list-style:none;margin:.6rem 0 0;padding:0}
.foot a,.cards a,.other,.pages a,ul.list h3 a,.entry h3 a{display:inline-block;padding-top:.2rem;padding-bottom:.2rem}
@media (max-width:44rem){
body{font-size:1rem}
main{padding-top:1.6rem;padding-bottom:2.6rem}
.top ul{gap:0 .9rem;justify-content:space-between;max-width:24rem}
h2{margin-top:2.2rem}
.ask button{width:100%}
.bar-form>div{flex:1 1 100%}
.bar-form input,.bar-form select{width:100%}
dl.facts{grid-template-columns:8.2em 1fr;gap:.3rem .8rem}
.stack thead{position:absolute;left:-999rem}
.stack,.stack caption,.stack tbody,.stack tr,.stack th,.stack td{display:block}
.stack tr{padding:.8rem 0;border-bottom:1px solid var(--line)}
.stack tbody th,.stack td{border:0;padding:.12rem 0}
.stack td{display:flex;gap:.8rem;min-width:0}
.stack td>span:first-child{flex:0 0 5.5em;color:var(--soft)}
.stack td>span:last-child{min-width:0}
}
@media (min-width:44.01rem){.stack td>span.name{display:none}}
@media print{
:root{color-scheme:light;--ground:#fff;--field:#fff;--ink:#000;--soft:#333;--line:#999;--green:#000;--mark:#fff;--warn:#000;--warn-ground:#fff;--still:#000;--still-ground:#fff}
@page{margin:18mm 16mm}
body{display:block;font-size:10.5pt;line-height:1.55}
.top nav,.other,.skip,form,.day,.bar-form,.pages,.foot ul,.screen{display:none}
.top{border-top-width:2px}
.wide{max-width:none;padding-left:0;padding-right:0}
.paper{display:block}
main{padding-bottom:1rem}
h2,h3,.entry header{break-after:avoid}
h2{margin-top:1.4rem}
tr,.note,ol.steps{break-inside:avoid}
.tag,.note{border:1px solid #000}
a{color:inherit;text-decoration:none}
thead{display:table-header-group}
}
`;

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0d5238"/><path d="M8 17.5l5.2 5L24.5 10" fill="none" stroke="#fff" stroke-width="3.6" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const named = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Assets name themselves by their content, so that they may be kept for a year. */
export const assets = {
  style: { path: `/assets/public-${named(style)}.css`, type: 'text/css; charset=utf-8', body: style },
  icon: { path: `/assets/lujian-${named(icon)}.svg`, type: 'image/svg+xml; charset=utf-8', body: icon },
} as const;
