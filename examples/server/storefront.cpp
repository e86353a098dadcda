// SPDX-License-Identifier: BSL-1.0

#include "storefront.hpp"

char const storefront[] = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The shop</title>
<link rel="icon" href="data:,">
<style>
:root{color-scheme:light dark;--page:#f6f5f2;--card:#fff;--ink:#1d2129;--soft:#5a6270;--rule:#e3e1dc;--link:#2458c6;--tint:#eef2fc}
@media (prefers-color-scheme:dark){:root{--page:#101318;--card:#181c22;--ink:#e8eaee;--soft:#a3abb8;--rule:#2a303a;
--link:#8bb6fa;--tint:#1f2a40}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);line-height:1.5;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:2rem;letter-spacing:-.02em;margin:0}
h2{font-size:1.3rem;margin:2rem 0 .2rem;width:fit-content}
h3{font-size:1rem;margin:0}
p{margin:.2rem 0;color:var(--soft)}
label{display:block;margin:1rem 0 0;font-weight:600}
select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:.4rem .7rem}
button{cursor:pointer;color:var(--link)}
button:hover,[aria-pressed=true]{background:var(--tint)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.shelf{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:1rem;margin:1rem 0;padding:0;list-style:none}
.shelf>li{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:1rem}
.price{color:var(--ink);font-weight:600}
.why{margin:.5rem 0 0;padding:0;list-style:none;font-size:.92rem;color:var(--soft)}
.why li::first-letter{text-transform:uppercase}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:auto;padding-top:.8rem}
#said{min-height:1.5rem}
</style>
</head>
<body>
<main>
<h1>The shop</h1>
<label for="who">Who are you?</label>
<select id="who"></select>
<p id="said" role="status"></p>
<section aria-labelledby="for"><h2 id="for" tabindex="-1">For you</h2><p id="note"></p><ul class="shelf" id="best"></ul></section>
<section aria-labelledby="alike" id="more" hidden><h2 id="alike" tabindex="-1"></h2><ul class="shelf" id="near"></ul></section>
</main>
<script>
const at = id => document.getElementById(id);
const ask = async (path, how) => {
  const answer = await fetch(path, how);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};
const make = (tag, text, into) => {
  const one = document.createElement(tag);
  one.textContent = text;
  if (into) into.append(one);
  return one;
};
let supposed = [];

const tell = text => { at('said').textContent = text; };
const guard = work => async (...given) => { try { await work(...given); } catch (e) { tell('That did not work: ' + e.message); } };

const button = (text, into, work) => {
  const one = make('button', text, into);
  one.type = 'button';
  one.addEventListener('click', guard(work));
  return one;
};

const card = (p, into, suppose) => {
  const li = make('li', '', into);
  make('h3', p.name, li);
  make('p', p.about, li);
  make('p', p.price.toFixed(2) + ' EUR', li).className = 'price';
  const why = make('ul', '', li);
  why.className = 'why';
  for (const reason of p.reasons || []) make('li', reason, why);
  const row = make('div', '', li);
  row.className = 'row';
  button('Buy', row, () => buy(p)).setAttribute('aria-label', 'Buy ' + p.name);
  button('Alike', row, () => alike(p)).setAttribute('aria-label', 'What is like ' + p.name);
  if (suppose)
    button('What if?', row, () => { supposed.push(p); return show(); })
      .setAttribute('aria-label', 'What if you bought ' + p.name);
};

const show = async () => {
  const user = at('who').value;
  const more = supposed.map(p => p.item).join(',');
  const answer = await ask('/recommend?user=' + user + (more ? '&with=' + more : ''));
  const among = ['best', 'note'].some(id => at(id).contains(document.activeElement));
  at('best').replaceChildren();
  at('note').replaceChildren();
  make('span', supposed.length ? 'If you had ' + supposed.map(p => p.name).join(' and ') + ', we would say: '
                               : 'You have bought ' + answer.bought + ' products. ', at('note'));
  if (supposed.length) button('Back to what is', at('note'), () => { supposed = []; return show(); });
  for (const p of answer.items) card(p, at('best'), true);
  if (among) at('for').focus();  // what had the focus is gone
};

const buy = async p => {
  const answer = await ask('/event?user=' + at('who').value + '&item=' + p.item, {method: 'POST'});
  tell('You bought ' + p.name + ' (event ' + answer.event + '). New advice comes in a second.');
  setTimeout(guard(async () => { await show(); tell('You bought ' + p.name + '. Here is the new advice.'); }), 1500);
};

const alike = async p => {
  const answer = await ask('/similar?item=' + p.item);
  at('alike').textContent = 'People who buy ' + answer.name + ' also buy';
  at('near').replaceChildren();
  for (const other of answer.items) card(other, at('near'), false);
  at('more').hidden = false;
  at('alike').focus();
};

at('who').addEventListener('change', guard(() => { supposed = []; at('more').hidden = true; tell(''); return show(); }));
guard(async () => {
  (await ask('/people')).forEach((name, k) => { make('option', name, at('who')).value = k; });
  at('who').value = 3;
  await show();
})();
</script>
</body>
</html>
)html";
