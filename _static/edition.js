// The page's script: what was chosen before, notes, citing, position, changes. Without it everything is there as links.
(() => {
'use strict';
const d = document, root = d.documentElement, ask = new URLSearchParams(location.search);
const $ = (s, e = d) => e.querySelector(s), $$ = (s, e = d) => [...e.querySelectorAll(s)], by = s => d.getElementById(s);
const keep = (k, v) => { try { return v === undefined ? localStorage[k] : localStorage[k] = v; } catch { return ''; } };
const make = (tag, text, more) => Object.assign(d.createElement(tag), {textContent: text}, more);

// at once, before anything is painted
root.classList.add('js');
for (const k of ['theme', 'text']) root.dataset[k] = ask.get(k) || keep(k) || '';

d.addEventListener('DOMContentLoaded', () => {
const wide = matchMedia('(min-width:78em)'), art = $('article');

// choices: what is chosen stands in the address (the text's state) and is remembered
for (const group of $$('[data-keep]')) {
  const k = group.dataset.keep, was = ask.get(k) || keep(k) || '';
  const box = $$('input', group).find(x => x.value === was);
  if (box) box.checked = true;
  delete root.dataset[k];
  const tell = v => {
    if (k !== 'text') return;
    const u = new URL(location);
    if (v && v !== 'reading') u.searchParams.set(k, v); else u.searchParams.delete(k);
    if (u.href !== location.href) history.replaceState(null, '', u);
  };
  if (box) tell(was);
  group.addEventListener('change', e => { keep(k, e.target.value); tell(e.target.value); });
}

// notes: beside their calls where the window is wide, pushed down where the one above is in the way
const notes = $$('.annotation'), margin = notes.filter(n => n.matches('.editors'));
const callOf = n => { const a = $('.sign', n); return a && a.hash && by(a.hash.slice(1)); };
const noteOf = a => a.pathname === location.pathname ? by(decodeURIComponent(a.hash.slice(1))) : null;
const place = () => {
  art.classList.toggle('sided', wide.matches && margin.length > 0);
  if (!wide.matches) return;
  const o = art.getBoundingClientRect().top;
  const tops = margin.map(n => { const r = callOf(n)?.getBoundingClientRect(); return r?.height ? r.top - o - 2 : 0; });
  const heights = margin.map(n => n.offsetHeight);
  let y = 0;
  margin.forEach((n, i) => { n.style.top = (y = Math.max(tops[i], y)) + 'px'; y += heights[i] + 12; });
};
if (margin.length) {
  const watch = new ResizeObserver(place);
  [art, ...margin].forEach(x => watch.observe(x));
  d.addEventListener('change', place);
  place();
}
const show = x => { x.focus({preventScroll: true}); x.scrollIntoView({block: 'nearest'}); };
d.addEventListener('click', e => {
  if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  const a = e.target.closest('a[role=doc-noteref]'), b = e.target.closest('.annotation>a[role=doc-backlink]');
  const n = a ? noteOf(a) : b && b.parentNode;
  if (!n || !n.matches('.annotation')) return;
  e.preventDefault();
  if (b) { const open = n.matches(':popover-open'); if (open) n.hidePopover(); return show(by(b.hash.slice(1))); }
  if (wide.matches && n.matches('.editors')) return show(n);
  n.style.top = wide.matches ? Math.min(a.getBoundingClientRect().top, innerHeight * .6) + 'px' : '';
  n.showPopover({source: a});
  n.focus({preventScroll: true});
});
for (const n of notes) n.addEventListener('toggle', e => { if (e.newState === 'closed' && n.matches('.source')) n.style.top = ''; });
const pair = e => {
  $$('.on').forEach(x => x.classList.remove('on'));
  const x = e.target.closest?.('a[role=doc-noteref],.annotation');
  if (x) [x, x.matches('.annotation') ? callOf(x) : noteOf(x)].forEach(y => y && y.classList.add('on'));
};
d.addEventListener('mouseover', pair);
d.addEventListener('focusin', pair);

// a small card beside a name or a change: by mouse, key or touch; Escape closes it
const tip = by('tip');
let leaving;
const hush = () => { if (tip.matches(':popover-open')) tip.hidePopover(); };
const near = (card, x) => {
  const r = x.getClientRects()[0] || x.getBoundingClientRect(), w = card.offsetWidth, h = card.offsetHeight;
  card.style.left = Math.max(8, Math.min(r.left, innerWidth - w - 8)) + 'px';
  card.style.top = (r.bottom + h + 10 < innerHeight ? r.bottom + 6 : Math.max(8, r.top - h - 6)) + 'px';
};
const told = x => {
  if (x.matches('.mention')) {
    if (x.title) { x.dataset.tip = x.title; x.removeAttribute('title'); }
    return x.dataset.tip ? [make('span', x.dataset.tip)] : null;
  }
  const first = x.dataset.shown === undefined ? $(`.variant[data-shown]`, x.closest('p,li,dd,h1,h2,h3') || art) : x, v = first.dataset;
  const kind = {scan: 'an error of scanning', print: 'an error of printing', supplied: 'words supplied', doubtful: 'doubtful'}[first.classList[1]] || '';
  return ['Witness: ', v.shown ? make('b', v.shown) : 'nothing', make('br'),
    make('small', [kind, v.certainty && `certainty ${v.certainty}`, v.reason].filter(Boolean).join('; '))];
};
const tell = x => {
  clearTimeout(leaving);
  const what = told(x);
  if (!what) return;
  tip.replaceChildren(...what);
  if (!tip.matches(':popover-open')) tip.showPopover();
  near(tip, x);
};
const talking = e => {
  const x = e.target.closest?.('.mention,.variant:not(.break)');
  return x && (x.matches('.mention') || by('changes')?.checked) ? x : null;
};
for (const kind of ['mouseover', 'focusin', 'click']) d.addEventListener(kind, e => {
  const x = talking(e);
  if (x) tell(x); else if (e.target.closest?.('#tip,.steps')) clearTimeout(leaving);
  else if (kind === 'click') hush(); else { clearTimeout(leaving); leaving = setTimeout(hush, 250); }
});
d.addEventListener('keydown', e => { if (e.key === 'Escape') hush(); });

// the changes, one by one
const steps = $('.steps'), changes = $$('.variant[data-shown]:not(.break)');
let at = -1;
const count = () => { if (steps) $('span', steps).textContent = changes.length ? `${at < 0 ? '' : at + 1 + ' of '}${changes.length} changes` : 'No changes'; };
count();
steps?.addEventListener('click', e => {
  const by = +e.target.value;
  if (!by || !changes.length) return;
  at = (at + by + (at < 0 && by < 0 ? 1 : 0) + changes.length) % changes.length;
  changes[at].scrollIntoView({block: 'center', behavior: 'instant'});
  tell(changes[at]);
  count();
});

// citing a paragraph
const data = by('citing') && JSON.parse(by('citing').textContent), cite = by('cite');
const citing = (place, anchor, from) => {
  const url = (data.url || location.href.split(/[?#]/)[0]) + '#' + anchor;
  const fill = s => s.replaceAll('{place}', place).replaceAll('{anchor}', anchor).replaceAll('{url}', url);
  const status = make('p', '', {role: 'status'});
  cite.replaceChildren(make('h2', place, {id: 'cite-place'}));
  for (const k of ['Link', 'Citation', 'BibTeX', 'CSL-JSON']) {
    const text = k === 'Link' ? url : fill(data[k]), out = make('pre', text), b = make('button', `Copy ${k === 'Link' || k === 'Citation' ? k.toLowerCase() : k}`);
    b.addEventListener('click', async () => {
      try { await navigator.clipboard.writeText(text); } catch { getSelection().selectAllChildren(out); d.execCommand('copy'); }
      status.textContent = `${k} of ${place} copied`;
    });
    cite.append(b, out);
  }
  const close = make('button', 'Close');
  close.addEventListener('click', () => cite.hidePopover());
  cite.append(status, close);
  cite.showPopover({source: from});
  near(cite, from);
  $('button', cite).focus({preventScroll: true});
};
if (data) d.addEventListener('click', e => {
  const a = e.target.closest('[data-locator]');
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  history.replaceState(null, '', a.hash);
  citing(a.dataset.locator, a.hash.slice(1), a);
});

// where the reader is: paragraph, section
const here = by('here'), marks = $$('.locator[data-locator]'), links = $$('#nav a[href*="#"]').filter(a => noteOf(a)), section = by('section');
const last = (list, f) => { let a = 0, b = list.length; while (a < b) { const m = (a + b) >> 1; if (f(list[m]).getBoundingClientRect().top < 84) a = m + 1; else b = m; } return a - 1; };
let was;
const locate = () => {
  const m = marks[Math.max(0, last(marks, x => x.parentNode))], l = links[last(links, noteOf)];
  if (here && m) { here.hidden = false; here.textContent = m.dataset.locator; here.setAttribute('aria-label', `Cite ${m.dataset.locator}`); here.from = m; }
  if (section) section.textContent = l ? l.textContent : '';
  if (l && l !== was) {  // the contents go along
    const nav = by('nav'), y = l.offsetTop;
    if (wide.matches && (y < nav.scrollTop + 40 || y > nav.scrollTop + nav.clientHeight - 80)) nav.scrollTop = y - nav.clientHeight / 2;
    was = l;
  }
  links.forEach(x => x === l ? x.setAttribute('aria-current', 'location') : x.removeAttribute('aria-current'));
};
let soon;
addEventListener('scroll', () => { soon ||= requestAnimationFrame(() => { soon = 0; locate(); }); }, {passive: true});
locate();
here?.addEventListener('click', () => citing(here.from.dataset.locator, here.from.hash.slice(1), here));
by('nav').addEventListener('click', e => { if (e.target.closest('a') && by('nav').matches(':popover-open')) by('nav').hidePopover(); });

// the words that were searched for, marked in the paragraph that was found
const sought = ask.get('highlight'), target = location.hash && by(location.hash.slice(1));
if (sought && target && window.Highlight) {
  const words = sought.split(/\s+/).map(w => w.replace(/\W/g, x => '\\' + x)).filter(Boolean), ranges = [];
  const walk = d.createTreeWalker(target, NodeFilter.SHOW_TEXT);
  while (words.length && walk.nextNode()) for (const m of walk.currentNode.data.matchAll(new RegExp(words.join('|'), 'gi'))) {
    const r = new Range(); r.setStart(walk.currentNode, m.index); r.setEnd(walk.currentNode, m.index + m[0].length); ranges.push(r);
  }
  CSS.highlights.set('sought', new Highlight(...ranges));
}

// searching: its script is loaded when it is first wanted; from a disk the search page serves
const open = () => { if (window.editionSearch) return window.editionSearch(); d.head.append(make('script', '', {src: root.dataset.content_root + '_static/search.js', onload: () => window.editionSearch()})); };
if (location.protocol !== 'file:' && !by('search')) {
  $('.find').addEventListener('click', e => { if (!e.ctrlKey && !e.metaKey) { e.preventDefault(); open(); } });
}
d.addEventListener('keydown', e => {
  if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || by('no-key').checked || e.target.closest('input,textarea,select')) return;
  e.preventDefault();
  if (by('search')) $('#search input').focus(); else if (location.protocol === 'file:') location = $('.find').href; else open();
});
});
})();
