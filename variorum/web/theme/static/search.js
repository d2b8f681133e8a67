// Searching: by Pagefind, a rare phrase first; from a disk by disk.js.
(async () => {
'use strict';
const d = document, root = d.documentElement.dataset.content_root, box = d.querySelector('#search,dialog');
const [form, status, hits, more, none] = ['.go', '[role=status]', '.hits', '.more', '.none'].map(s => box.querySelector(s)), q = form.elements.q;
let search, list, turn = 0, wait;

const row = (href, name, words = '') => `<li><a href="${root}${href}">${name}</a><p>${words}</p></li>`;
const place = () => {
  const name = q.value.trim().replace(/^([a-z])[ .]*(?=\d)/i, (_, siglum) => `${siglum.toUpperCase()} `), href = locators[name];
  return href ? [row(href, `Go to ${name}`)] : [];
};
const run = async (most = 10) => {
  const me = ++turn, words = q.value, rows = place();
  let found = words.trim() && search ? await search(words.replace(/^who (is|was|were) |\?$/gi, ''), form.elements.kind.value) : [], data = await Promise.all(found.slice(0, most).map(r => r.data()));
  if (me !== turn) return;
  if (/[^\W\d]{5}/.test(words) && data[0] && !/<mark>[^<]{4}/.test(data[0].excerpt)) data = found = [];  // it took “my” for “Myasnikov”
  for (const {meta, excerpt} of data) {
    const [text, also = ''] = excerpt.split('⁂');
    const other = text.includes('<mark') ? null : /<mark>.*?<\/mark>/.exec(also);  // a witness's reading, another form of a name
    rows.push(row(meta.href.replace('#', `?highlight=${encodeURIComponent(words)}#`), meta.name, text + (other ? ` (${other[0]})` : '')));
  }
  if (list !== (list = rows.join(''))) hits.innerHTML = list;  // the focus stays
  status.textContent = found.length ? `Passages: ${found.length}` : '';
  none.hidden = !search || !words.trim() || rows.length;
  more.hidden = found.length <= most;
  more.onclick = () => run(most + 20);
};
form.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(run, 40); });
form.addEventListener('submit', async e => {
  e.preventDefault();
  await run();
  const first = hits.querySelector('a');
  if (place()[0]) first.click(); else first?.focus();
});
box.addEventListener('keydown', e => {
  const stops = [q, ...hits.querySelectorAll('a')], at = stops.indexOf(e.target), next = at >= 0 && stops[at + {ArrowDown: 1, ArrowUp: -1}[e.key]];
  if (next) { e.preventDefault(); next.focus(); }
});
box.addEventListener('click', e => { if (box.close && (e.target === box || e.target.closest('.hits a'))) box.close(); });

q.value ||= new URLSearchParams(location.search).get('q') || '';
q.focus();
if (window.seek) search = seek;
else try {
  const pagefind = await import(new URL(root + 'pagefind/pagefind.js', d.baseURI));
  await pagefind.options({ranking: {pageLength: 0.2, termFrequency: 0.6}, excerptLength: 36});
  await pagefind.init();
  search = async (words, kind) => {
    const filters = {text: {text: 'yes'}, commentary: {not: {text: 'yes'}}}[kind];
    const [exact, loose] = await Promise.all([`"${words}"`, words].map(async w => (await pagefind.search(w, {filters})).results));
    return exact.length > 5 ? loose : [...exact.map(r => loose.find(x => x.id === r.id) || r), ...loose.filter(r => exact.every(x => x.id !== r.id))];
  };
} catch { status.textContent = 'The search index could not be loaded.'; }
if (q.value) run();
})();
