// The form and the list of hits, on the page of the search or in the dialog of every other page.

{
  const root = document.documentElement.dataset.content_root;
  const box = document.querySelector('#search, dialog.search');
  const form = box.querySelector('.go'), input = form.elements.q;
  const status = box.querySelector('.status'), offers = box.querySelector('.offers');
  const hits = box.querySelector('.hits'), more = box.querySelector('.more');
  const STEP = 20;
  const {told, make} = variorum;
  const index = variorum.prepareIndex();
  let shown = STEP, waiting;

  variorum.search = (text, scope) => variorum.find(index, text, scope);
  variorum.near = (text, scope) => variorum.offers(index, variorum.readQuery(text), scope);

  const nameOf = passage => [passage.place, passage.heading, passage.page]
    .filter((part, n, parts) => part && parts.indexOf(part) === n)
    .join(' · ');
  const address = (passage, highlight) => {
    const [page, anchor] = passage.href.split('#');
    return `${root}${page}${highlight ? `?highlight=${encodeURIComponent(highlight)}` : ''}#${anchor}`;
  };
  const row = (passage, query) => {
    const item = make('li', ''), words = make('p', '');
    words.append(...variorum.excerpt(passage, query, index));
    item.append(make('a', nameOf(passage), {href: address(passage, query.whole)}), words);
    item.className = passage.kind;
    return item;
  };

  const plural = (words, number) => words.split('|')[number === 1 ? 0 : 1].replace('{n}', number.toLocaleString(document.documentElement.lang));
  const offered = (label, queries) => {
    if (!queries.length) return [];
    const links = queries.flatMap(({text, number}, n) => [
      n ? ', ' : '',
      make('a', text, {href: `?q=${encodeURIComponent(text)}`, className: 'offer'}),
      number ? make('small', ` ${number}`) : '',
    ]);
    return [make('span', `${label} `), ...links];
  };

  const tellPlace = ({place}) => {
    status.textContent = '';
    offers.replaceChildren();
    hits.replaceChildren(make('li', ''));
    hits.firstChild.append(make('a', `${told.goTo} ${place.place}`, {href: address(place)}), make('p', place.words.slice(0, 160)));
  };

  const tellHits = found => {
    const direct = [...found.entries, ...found.hits], all = [...direct, ...found.otherwise];
    const scope = form.elements.kind.value;
    hits.replaceChildren(...all.slice(0, shown).map(passage => row(passage, found.query)));
    more.hidden = all.length <= shown;
    const parts = [];
    if (direct.length) parts.push(plural(told.passages, direct.length));
    if (found.otherwise.length) parts.push(plural(told.otherwise, found.otherwise.length));
    if (!all.length) parts.push(told.nothing);
    status.textContent = parts.join(' · ');
    const near = all.length ? variorum.longer(index, found.query).map(text => ({text})) : variorum.offers(index, found.query, scope);
    offers.replaceChildren(...offered(all.length ? told.longer : told.meant, near));
  };

  const remember = () => {
    const url = new URL(location);
    url.searchParams.delete('q');
    url.searchParams.delete('in');
    if (input.value.trim()) url.searchParams.set('q', input.value.trim());
    if (input.value.trim() && form.elements.kind.value) url.searchParams.set('in', form.elements.kind.value);
    history.replaceState({...history.state, shown}, '', url);
  };

  const run = () => {
    const found = variorum.search(input.value, form.elements.kind.value);
    more.hidden = true;
    if (found.place) {
      tellPlace(found);
    } else if (found.query.terms.length) {
      tellHits(found);
    } else {
      status.textContent = '';
      offers.replaceChildren();
      hits.replaceChildren();
    }
    remember();
  };

  form.addEventListener('input', () => {
    shown = STEP;
    clearTimeout(waiting);
    waiting = setTimeout(run, 30);
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    clearTimeout(waiting);
    run();
    const first = hits.querySelector('a');
    if (variorum.search(input.value).place) first.click();
    else (first || offers.querySelector('a'))?.focus();
  });
  more.addEventListener('click', () => {
    const last = hits.children.length;
    shown += STEP;
    run();
    hits.children[last]?.querySelector('a').focus();
  });
  offers.addEventListener('click', event => {
    const offer = event.target.closest('.offer');
    if (!offer || !variorum.isPlain(event)) return;
    event.preventDefault();
    input.value = offer.textContent;
    shown = STEP;
    run();
    input.focus();
  });
  box.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const stops = [input, ...hits.querySelectorAll('a')], at = stops.indexOf(event.target);
    const next = step && at >= 0 && stops[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  // whoever comes back from a hit finds the list as it was left
  hits.addEventListener('click', event => {
    if (!event.target.closest('a')) return;
    const scroller = box.matches('dialog') ? box : document.scrollingElement;
    history.replaceState({...history.state, shown, scrolled: scroller.scrollTop}, '');
    const link = event.target.closest('a');
    if (box.matches('dialog') && link.pathname + link.search === location.pathname + location.search) box.close();
  });

  const asked = new URLSearchParams(location.search);
  input.value ||= asked.get('q') || '';
  if (asked.get('in')) form.elements.kind.value = asked.get('in');
  shown = history.state?.shown || STEP;
  if (input.value) run();
  if (history.state?.scrolled) (box.matches('dialog') ? box : document.scrollingElement).scrollTop = history.state.scrolled;
  else input.focus();
}
