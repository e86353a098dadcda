// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <kindred/core/config.hpp>

KINDRED_BEGIN

namespace detail {

// The looks of a report. The six colors of series (s0 ... s5) were chosen by computation: every pair stays apart (CIELAB
// distance of 16 and more) for normal sight and for the three kinds of color blindness (Machado, Oliveira and Fernandes,
// 2009), and each has a contrast of 3:1 and more with its ground, in the light and in the dark; dashes tell curves apart
// without any color. Fonts are those of the reader's system. On paper the page is light.
inline constexpr char report_style[] = R"css(
:root{color-scheme:light dark;--page:#f6f5f2;--card:#fff;--ink:#1d2129;--soft:#5a6270;--rule:#e3e1dc;--grid:#eceae6;
--tint:#eef2fc;
--link:#2458c6;--s0:#2458c6;--s1:#db760a;--s2:#0ea577;--s3:#862f7b;--s4:#7196dd;--s5:#7d3413}
@media screen and (prefers-color-scheme:dark){:root{--page:#101318;--card:#181c22;--ink:#e8eaee;--soft:#a3abb8;
--rule:#2a303a;
--grid:#262b34;--tint:#1f2a40;--link:#8bb6fa;--s0:#5597f6;--s1:#ee8731;--s2:#2dd598;--s3:#f5c0ea;--s4:#7363f5;
--s5:#d6f080}}
.s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}.s4{--c:var(--s4)}.s5{--c:var(--s5)}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);line-height:1.55;overflow-wrap:break-word;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif}
main{max-width:1040px;margin:0 auto;padding:clamp(1.5rem,5vw,4rem) clamp(.75rem,4vw,2.5rem) 2rem}
header{margin-bottom:2rem}
.sign{display:block;width:3.4rem;height:2.2rem;margin-bottom:.9rem}
.sign circle{fill:var(--c)}
.sign path{fill:var(--page)}
h1{font-size:clamp(1.9rem,5.2vw,2.9rem);line-height:1.12;letter-spacing:-.025em;margin:0;font-weight:750;
text-wrap:balance}
.lead{font-size:1.15rem;color:var(--soft);margin:.7rem 0 0;max-width:44rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin-top:1.2rem;padding-top:.8rem;border-top:1px solid var(--rule);
font-size:.94rem}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
h2{font-size:1.5rem;letter-spacing:-.015em;line-height:1.25;margin:3rem 0 .6rem;scroll-margin-top:1rem}
h3{font-size:1.02rem;line-height:1.35;margin:0}
main>p{max-width:44rem;margin:.5rem 0 1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.6rem,1fr));gap:.75rem;margin:1.4rem 0;padding:0}
.tiles div{display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--card);
border:1px solid var(--rule);border-radius:14px;padding:.8rem .95rem}
.tiles dt{color:var(--soft);font-size:.88rem;line-height:1.35}
.tiles dd{margin:0;font-size:1.5rem;font-weight:680;letter-spacing:-.02em;line-height:1.35;
font-variant-numeric:tabular-nums}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,25rem),1fr));gap:1rem;margin:1.2rem 0}
.card{background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:1.1rem 1.2rem;margin:0;
min-width:0;display:flex;flex-direction:column;break-inside:avoid}
.cards>.card:only-child{max-width:44rem}
.card p{margin:.25rem 0 0;color:var(--soft);font-size:.92rem;line-height:1.45}
.nothing{font-style:italic}
.chart{display:block;width:100%;height:auto;margin-top:.9rem;overflow:visible;font-size:12.5px;
font-variant-numeric:tabular-nums}
.chart text{fill:var(--ink)}
.chart .end{text-anchor:end}
.chart .mid{text-anchor:middle}
.chart .axis{fill:var(--soft)}
.chart .number{font-size:12px;fill:var(--soft)}
.chart .best{fill:var(--ink);font-weight:700}
.grid{stroke:var(--grid)}
.base{stroke:var(--soft);stroke-opacity:.55}
.grid,.base,.curve{fill:none}
.bar{fill:var(--c)}
.mark:hover .bar{fill-opacity:.75}
.mark:hover .number{fill:var(--ink)}
.curve{stroke:var(--c);stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
.area{fill:var(--c);fill-opacity:.13}
.d1{stroke-dasharray:7 4.5}.d2{stroke-dasharray:1.5 4.5}.d3{stroke-dasharray:9 4.5 1.5 4.5}
.dot{fill:var(--c);stroke:transparent;stroke-width:12;pointer-events:all}
.shy{fill:transparent}
.dot:hover{fill:var(--ink)}
.legend{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;margin:.7rem 0 0;padding:0;font-size:.9rem}
.legend li{display:flex;align-items:center;gap:.4rem}
.legend svg{width:26px;height:12px;flex:none}
details{margin-top:auto;padding-top:.7rem;font-size:.9rem}
summary{color:var(--soft);cursor:pointer;width:fit-content}
summary:hover{color:var(--ink)}
.scroll{overflow-x:auto}
details .scroll{max-height:22rem;overflow-y:auto;margin-top:.4rem}
main>.scroll{background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:.5rem 0;margin:1.2rem 0;
width:fit-content;max-width:100%}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;line-height:1.4}
caption{text-align:left;font-weight:650;padding:.5rem 1.2rem .6rem}
th,td{padding:.42rem .75rem;text-align:left;vertical-align:baseline;border-top:1px solid var(--grid);
unicode-bidi:isolate}
tr>:first-child{padding-left:1.2rem}
tr>:last-child{padding-right:1.2rem}
details tr>*{padding:.22rem .7rem}
details tr>:first-child{padding-left:0}
thead th{border-top:0;color:var(--soft);font-weight:600;font-size:.9em;vertical-align:bottom}
tbody th{font-weight:500}
tbody tr:hover{background:var(--tint)}
.n{text-align:right;white-space:nowrap}
td strong,th strong{font-weight:750;background:var(--tint);border-radius:6px;padding:.1rem .4rem;margin-right:-.4rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.offers{list-style:none;counter-reset:rank;margin:.6rem 0 0;padding:0}
.offers li{counter-increment:rank;position:relative;padding:.5rem 0 .5rem 2.2rem;border-top:1px solid var(--grid)}
.offers li:first-child{border-top:0}
.offers li::before{content:counter(rank);position:absolute;left:0;width:1.5rem;text-align:right;color:var(--soft);
font-variant-numeric:tabular-nums}
.offer{display:flex;justify-content:space-between;gap:1rem;font-weight:580}
.score{font-variant-numeric:tabular-nums;color:var(--soft);font-weight:500}
.reason{display:block;color:var(--soft);font-size:.9rem;line-height:1.4}
footer{max-width:1040px;margin:0 auto;padding:1rem clamp(.75rem,4vw,2.5rem) 3rem;color:var(--soft);font-size:.85rem}
@media (max-width:30rem){.chart{font-size:14px}.chart .number{font-size:13.5px}.card{padding:.9rem}}
@media print{body{background:none;font-size:10.5pt}main,footer{max-width:none;padding:0}nav,details{display:none}
.scroll{overflow:visible}
h2,h3,caption{break-after:avoid}tr,.tiles div,.offers li{break-inside:avoid}.cards{grid-template-columns:1fr 1fr}
.sign path{fill:#fff}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
)css";

}  // namespace detail

KINDRED_END
