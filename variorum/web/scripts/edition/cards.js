// One card beside whatever refers: a name, a citation, a locator, a departure. By pointer, focus or first touch;
// Escape closes it, a second touch or Enter goes there.

{
  const card = document.getElementById('card');
  const REFERRING = 'article :is(a.mention, a.loc, a[href*="#cite-"], .orphan)';
  const {make} = variorum;
  const LINGER = 250, SOON = 120;  // milliseconds
  let shownFor = null, awaited = null, leaving, coming, previews;

  const hide = () => {
    clearTimeout(coming);
    shownFor = awaited = null;
    if (card.matches(':popover-open')) card.hidePopover();
  };
  variorum.hideCard = hide;

  variorum.setBeside = (box, element) => {
    const [first] = element.getClientRects(), height = box.offsetHeight;
    const fitsBelow = first.bottom + height + 10 < innerHeight;
    box.style.left = `${Math.max(8, Math.min(first.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${fitsBelow ? first.bottom + 6 : Math.max(8, first.top - height - 6)}px`;
  };

  variorum.showCard = (element, ...content) => {
    if (!card.showPopover) return;
    clearTimeout(leaving);
    card.replaceChildren(...content);
    if (!card.matches(':popover-open')) card.showPopover();
    variorum.setBeside(card, element);
    shownFor = element;
  };

  // The previews of a page come with the first one that is wanted, by a script, so that they come from a disk too.
  const loadPreviews = () => previews ||= new Promise(done => {
    const {content_root: root} = document.documentElement.dataset;
    const script = make('script', '', {src: `${root}_static/previews/${document.body.dataset.page}.js`});
    script.onload = () => done(variorum.previews);
    script.onerror = () => done({});
    document.head.append(script);
  });

  const showPreview = async link => {
    awaited = link;
    const preview = (await loadPreviews())[link.getAttribute('href')];
    if (!preview || awaited !== link) return;
    const {title, words, more} = preview;
    const content = [make('h2', title), make('p', words)];
    const way = make('p', '', {className: 'ways'});
    way.append(make('a', variorum.told.more, {href: link.href}));
    if (more) way.append(' · ', make('a', new URL(more).hostname, {href: more}));
    variorum.showCard(link, ...content, way);
  };

  const explain = element => {
    if (element === shownFor) return;
    if (element.matches('.orphan')) variorum.showCard(element, make('p', element.dataset.why));
    else if (element.matches('.variant')) variorum.showCard(element, ...variorum.departure(element));
    else showPreview(element);
  };

  const meant = event => {
    const wanted = document.getElementById('changes')?.checked ? `${REFERRING}, .variant:not(.listed)` : REFERRING;
    return event.target.closest?.(wanted);
  };

  document.addEventListener('pointerover', event => {
    if (event.pointerType === 'touch') return;
    const element = meant(event);
    clearTimeout(coming);
    if (element || event.target.closest?.('#card')) clearTimeout(leaving);
    if (element) coming = setTimeout(explain, SOON, element);
    else if (!event.target.closest?.('#card, .steps')) leaving = setTimeout(hide, LINGER);
  });
  document.addEventListener('focusin', event => {
    const element = meant(event);
    clearTimeout(leaving);
    if (element && element.matches(':focus-visible')) explain(element);
    else if (!event.target.closest?.('#card, .steps')) hide();
  });
  let touched = false;
  document.addEventListener('pointerdown', event => { touched = event.pointerType === 'touch'; });
  document.addEventListener('click', event => {
    const element = meant(event);
    if (element && touched && variorum.isPlain(event) && element !== shownFor && card.showPopover) {
      event.preventDefault();
      explain(element);
    } else if (element?.matches('.variant')) {
      explain(element);
    } else if (!event.target.closest?.('#card, .steps')) {
      hide();
    }
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') hide();
  });
}
