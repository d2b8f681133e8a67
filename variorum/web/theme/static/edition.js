// The page's script: choices, notes, changes, citing, position. Without it everything is there as links.
(() => {
'use strict';
const d = document, root = d.documentElement, ask = new URLSearchParams(location.search);
const $ = (s, e = d) => e.querySelector(s), $$ = (s, e = d) => [...e.querySelectorAll(s)], by = s => d.getElementById(s);
const on = (kinds, f) => kinds.split(' ').forEach(kind => d.addEventListener(kind, f));
const plain = e => !(e.ctrlKey || e.metaKey || e.shiftKey || e.altKey);
const make = (tag, textContent, more) => Object.assign(d.createElement(tag), {textContent}, more);
const top = x => x.getBoundingClientRect().top;
const keep = (k, v) => { try { return v === undefined ? localStorage[k] : localStorage[k] = v; } catch { return ''; } };
const kept = k => ask.get(k) || keep(k) || '';

// before anything is painted
root.classList.add('js', location.protocol.slice(0, -1));
for (const k of ['theme', 'text']) root.dataset[k] = kept(k);

on('DOMContentLoaded', () => {
const wide = matchMedia('(min-width:78em)'), art = $('article'), nav = by('nav');

// choices are remembered; the text’s state is in the address
const tell = v => {
  const u = new URL(location);
  u.searchParams.delete('text');
  if (v !== 'reading') u.searchParams.set('text', v);
  history.replaceState(null, '', u);
};
for (const group of $$('[data-keep]')) {
  const k = group.dataset.keep, box = $$('input', group).find(x => x.value === kept(k));
  delete root.dataset[k];
  if (box) box.checked = true;
  if (box && k === 'text') tell(box.value);
  group.addEventListener('change', e => { keep(k, e.target.value); if (k === 'text') tell(e.target.value); });
}

// notes: beside their calls, or below the one above, where the window is wide
const margin = $$('.annotation.editors');
const noteOf = a => a.pathname === location.pathname ? by(decodeURIComponent(a.hash.slice(1))) : null;
const callOf = n => { const a = $('.sign', n); return a.hash && noteOf(a); };
const place = () => {
  art.classList.toggle('sided', wide.matches);
  if (!wide.matches) return;
  const start = top(art) + 2, tops = margin.map(n => callOf(n)?.offsetParent ? top(callOf(n)) - start : 0), heights = margin.map(n => n.offsetHeight);
  let y = 0;
  margin.forEach((n, i) => { n.style.top = (y = Math.max(tops[i], y)) + 'px'; y += heights[i] + 12; });
};
if (margin.length) {
  const watch = new ResizeObserver(place);
  [art, ...margin].forEach(x => watch.observe(x));
  on('change', place);
  place();
}
const show = x => { x.focus({preventScroll: true}); x.scrollIntoView({block: 'nearest'}); };
on('click', e => {
  const a = e.target.closest('a[role=doc-noteref]'), back = e.target.closest('.annotation>a[role=doc-backlink]'), n = a ? noteOf(a) : back?.parentNode;
  if (!n?.matches('.annotation') || !plain(e)) return;
  e.preventDefault();
  if (back) { n.togglePopover(false); return show(noteOf(back)); }
  if (wide.matches && n.matches('.editors')) return show(n);
  n.style.top = wide.matches ? Math.min(top(a), innerHeight * .6) + 'px' : '';
  n.showPopover({source: a});
  n.focus({preventScroll: true});
});
on('mouseover focusin', e => {  // a note and its call
  $$('.on').forEach(x => x.classList.remove('on'));
  const x = e.target.closest?.('a[role=doc-noteref],.annotation');
  if (x) [x, x.matches('.annotation') ? callOf(x) : noteOf(x)].forEach(y => y?.classList.add('on'));
});

// a card beside a name or a change: by mouse, key or touch; Escape closes it
const tip = by('tip'), changes = $$('.variant[data-shown]:not(.listed)');
let leaving;
const hush = () => tip.togglePopover(false);
const near = (card, x) => {
  const r = x.getClientRects()[0], h = card.offsetHeight;
  card.style.left = Math.max(8, Math.min(r.left, innerWidth - card.offsetWidth - 8)) + 'px';
  card.style.top = (r.bottom + h + 10 < innerHeight ? r.bottom + 6 : Math.max(8, r.top - h - 6)) + 'px';
};
const explain = x => {
  if (x.matches('.mention')) {
    tip.textContent = x.dataset.tip ||= x.title;
    x.title = '';
  } else {  // only the first piece of a change that crosses emphasis speaks
    const {shown, why} = changes.findLast(c => c === x || c.compareDocumentPosition(x) & 4).dataset;
    tip.replaceChildren('Witness: ', shown ? make('b', shown) : 'nothing', make('br'), make('small', why));
  }
  clearTimeout(leaving);
  if (!tip.textContent) return;
  tip.togglePopover(true);
  near(tip, x);
};
on('mouseover focusin click', e => {
  const x = e.target.closest?.(by('changes')?.checked ? '.mention,.variant:not(.listed)' : '.mention');
  clearTimeout(leaving);
  if (x) explain(x);
  else if (!e.target.closest?.('#tip,.steps')) leaving = setTimeout(hush, e.type === 'click' ? 0 : 250);
});
on('keydown', e => e.key === 'Escape' && hush());

// the changes, one by one
const steps = $('.steps');
let at = -1;
steps?.addEventListener('click', e => {
  const by = +e.target.value;
  if (!by) return;
  at = (Math.max(at, by < 0 ? 0 : -1) + by + changes.length) % changes.length;
  changes[at].scrollIntoView({block: 'center'});
  explain(changes[at]);
  $('span', steps).textContent = `${at + 1} of ${changes.length} changes`;
});

// citing a paragraph
const data = by('citing') && JSON.parse(by('citing').textContent), cite = by('cite');
const citing = (a, from) => {
  const told = {place: a.dataset.locator, anchor: a.hash.slice(1), url: (data.url || location.href.split(/[?#]/)[0]) + a.hash};
  $('h2', cite).textContent = told.place;
  $('[role=status]', cite).textContent = '';
  for (const b of $$('[value]', cite)) b.nextElementSibling.textContent = (data[b.value] || '{url}').replace(/\{(place|anchor|url)\}/g, (_, k) => told[k]);
  $('a', cite).search = new URLSearchParams({place: told.place});
  cite.showPopover({source: from});
  near(cite, from);
  $('button', cite).focus({preventScroll: true});
};
cite?.addEventListener('click', async e => {
  const kind = e.target.value, out = e.target.nextElementSibling;
  if (!kind) return;
  try { await navigator.clipboard.writeText(out.textContent); } catch { getSelection().selectAllChildren(out); d.execCommand('copy'); }
  $('[role=status]', cite).textContent = `${kind} of ${$('h2', cite).textContent} copied`;
});
on('click', e => {
  const a = e.target.closest('[data-locator]');
  if (!a || !plain(e)) return;
  e.preventDefault();
  history.replaceState(null, '', a.hash);
  citing(a, a);
});

// where the reader is; the contents go along
const here = by('here'), marks = $$('.locator[data-locator]'), links = $$('#nav a[href*="#"]').filter(noteOf), section = by('section');
let mark, link, soon;
const locate = () => {
  const above = x => top(x) < 84, was = link;
  soon = 0;
  mark = marks.findLast(x => above(x.parentNode)) || marks[0];
  link = links.findLast(x => above(noteOf(x)));
  if (here && mark) Object.assign(here, {hidden: false, textContent: mark.dataset.locator, ariaLabel: `Cite ${mark.dataset.locator}`});
  if (link === was) return;
  section.textContent = link?.textContent || '';
  was?.removeAttribute('aria-current');
  link?.setAttribute('aria-current', 'location');
  if (wide.matches) link?.scrollIntoView({block: 'nearest'});
};
on('scroll', () => { soon ||= requestAnimationFrame(locate); });
locate();
here?.addEventListener('click', () => citing(mark, here));
nav.addEventListener('click', e => { if (e.target.closest('a')) nav.togglePopover(false); });

// the words that were searched for, marked in the paragraph that was found
const words = (ask.get('highlight') || '').match(/[\p{L}\p{N}]+/gu), target = location.hash && by(location.hash.slice(1));
if (words && target && window.Highlight) {
  const walk = d.createTreeWalker(target, NodeFilter.SHOW_TEXT), sought = new Highlight();
  for (let n; n = walk.nextNode();) for (const m of n.data.matchAll(new RegExp(words.join('|'), 'gi'))) {
    sought.add(new StaticRange({startContainer: n, startOffset: m.index, endContainer: n, endOffset: m.index + m[0].length}));
  }
  CSS.highlights.set('sought', sought);
}

// searching: its scripts come when first wanted
const page = by('search'), scripts = ['locators', ...(root.matches('.file') ? ['passages', 'disk'] : []), 'search'];
const load = () => { for (const name of scripts.splice(0)) d.head.append(make('script', '', {async: false, src: `${root.dataset.content_root}_static/${name}.js`})); };
const open = e => {
  e.preventDefault();
  if (page) return $('input', page).focus();
  load();
  $('dialog').showModal();
  $('dialog input').select();
};
if (page) load();
$('.find').addEventListener('click', e => plain(e) && open(e));
on('keydown', e => {
  if (e.key === '/' && !e.ctrlKey && !e.metaKey && !e.altKey && !by('no-key').checked && !e.target.closest('input,textarea,select')) open(e);
});
});
})();
