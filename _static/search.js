// Searching. Over http Pagefind finds paragraphs; from a disk, where browsers let no page read a file, Sphinx's index finds pages.
(() => {
'use strict';
const d = document, root = d.documentElement.dataset.content_root, disk = location.protocol === 'file:';
const make = (tag, more, ...kids) => { const e = Object.assign(d.createElement(tag), more); e.append(...kids); return e; };
const load = src => new Promise(done => d.head.append(make('script', {src: root + src, onload: done, onerror: done, async: false})));
let pf, places = {}, turn = 0;
const ready = async () => {
  await load('_static/locators.js');
  places = window.locators || {};
  if (disk) return;
  pf = await import(new URL(root + 'pagefind/pagefind.js', d.baseURI));
  await pf.options({ranking: {pageLength: 0.2, termFrequency: 0.6}, excerptLength: 36});
  await pf.init();
};
const build = box => {
  const q = make('input', {type: 'search', name: 'q', placeholder: 'Words, “a phrase”, or a place: C 1.12', autocomplete: 'off'});
  q.setAttribute('aria-label', 'Words, a phrase in quotation marks, or a place such as C 1.12');
  const status = make('p', {id: 'search-progress'}), hits = make('ol', {className: 'hits'}), more = make('button', {type: 'button', textContent: 'More', hidden: true});
  status.setAttribute('role', 'status');
  const kinds = [['', 'Everything'], ['text', 'The five texts'], ['commentary', 'The commentary']].map(([value, name], i) =>
    make('label', {}, make('input', {type: 'radio', name: 'kind', value, checked: !i}), name));
  const form = make('form', {className: 'go', action: root + 'search.html'}, q, make('button', {textContent: 'Go'}), ...(disk ? [] : kinds));
  form.setAttribute('role', 'search');
  box.replaceChildren(form, status, make('div', {id: 'search-results'}, hits), more);
  const place = () => { const m = /^\s*([a-z])\s*\.?\s*(\d+\.\w+)\s*$/i.exec(q.value), k = m && `${m[1].toUpperCase()} ${m[2].toLowerCase()}`; return places[k] && {k, href: root + places[k]}; };
  const say = (all, n) => status.textContent = !q.value.trim() ? '' : all ? `${all} passage${all > 1 ? 's' : ''}` : n ? '' : 'Nothing found. Names are found in any of their spellings; put a phrase in quotation marks.';
  const run = async (n = 10) => {
    const me = ++turn, p = place(), rows = [];
    if (p) rows.push(make('li', {}, make('a', {href: p.href, textContent: `Go to ${p.k}`})));
    if (!pf) { hits.replaceChildren(...rows); return; }
    const kind = form.elements.kind.value, found = q.value.trim() ? await pf.search(q.value, kind ? {filters: kind === 'text' ? {text: 'yes'} : {not: {text: 'yes'}}} : {}) : {results: []};
    let data = await Promise.all(found.results.slice(0, n).map(r => r.data()));
    if (me !== turn) return;
    if (/[^\W\d]{5}/.test(q.value) && data[0] && !/<mark>[^<]{4}/.test(data[0].excerpt)) data = found.results = [];  // it took “my” for “Myasnikov”
    for (const {meta, excerpt} of data) {
      const name = [meta.place, meta.title, meta.section !== meta.title && meta.section].filter(Boolean).join(' · ');
      const [page, anchor] = meta.href.split('#'), text = make('p');
      const [words, also = ''] = excerpt.split('⁂'), other = words.includes('<mark') ? null : /<mark>.*?<\/mark>/.exec(also);
      text.innerHTML = words + (other ? ` (${other[0]})` : '');
      rows.push(make('li', {}, make('a', {href: `${root}${page}?highlight=${encodeURIComponent(q.value.replace(/["“”]/g, ''))}#${anchor}`, textContent: name}), text));
    }
    if (String(rows.map(r => r.innerHTML)) !== String([...hits.children].map(r => r.innerHTML))) hits.replaceChildren(...rows);  // the focus stays
    say(found.results.length, rows.length);
    more.hidden = found.results.length <= n;
    more.onclick = () => run(n + 20);
  };
  let wait;
  q.addEventListener('input', () => { pf?.preload(q.value); clearTimeout(wait); wait = setTimeout(run, 40); });
  form.addEventListener('change', () => run());
  form.addEventListener('submit', e => {
    const p = place();
    if (p) { e.preventDefault(); location.href = p.href; } else if (!disk) { e.preventDefault(); run().then(() => hits.querySelector('a')?.focus()); }
  });
  box.addEventListener('keydown', e => {
    const step = {ArrowDown: 1, ArrowUp: -1}[e.key], list = [q, ...hits.querySelectorAll('a')], at = list.indexOf(d.activeElement);
    if (step && at >= 0) { e.preventDefault(); list[Math.max(0, Math.min(list.length - 1, at + step))].focus(); }
  });
  q.value = new URLSearchParams(location.search).get('q') || '';
  ready().then(() => { if (q.value) run(); }, () => status.textContent = 'The search index could not be loaded.');
  return q;
};
const page = d.getElementById('search');
if (page) {
  const q = build(page);
  q.focus();
  if (disk) {
    page.append(make('p', {textContent: 'You are reading this edition from a disk: whole pages are found here, not paragraphs.'}));
    (async () => { for (const s of ['documentation_options', 'doctools', 'sphinx_highlight', 'base-stemmer', 'english-stemmer', 'language_data', 'searchtools']) await load(`_static/${s}.js`); await load('searchindex.js'); })();
  }
  return;
}
let box, q;
window.editionSearch = () => {
  if (!box) {
    box = make('dialog', {}, make('div'));
    box.setAttribute('aria-label', 'Search');
    const close = make('button', {textContent: 'Close', className: 'close'});
    close.onclick = () => box.close();
    d.body.append(box);
    q = build(box.firstChild);
    box.append(close);
    box.addEventListener('click', e => { if (e.target === box || e.target.closest('.hits a')) box.close(); });
  }
  box.showModal();
  q.select();
};
})();
