// Notes: in the margin beside their calls where the window is wide, else in a sheet over the text.

{
  const article = document.querySelector('article');
  const margin = [...document.querySelectorAll('.annotation.editors')];
  const hasMargin = () => variorum.isWide.matches && !variorum.isBeside();
  const GAP = 12;  // pixels between two notes
  const FAR = 200;  // pixels from its call at which a note makes its neighbours fold

  const topOf = element => element.getBoundingClientRect().top;
  const noteOf = call => call.pathname === location.pathname
    ? document.getElementById(decodeURIComponent(call.hash.slice(1)))
    : null;
  const callOf = note => {
    const sign = note.querySelector('.sign');
    return sign.hash ? noteOf(sign) : null;
  };
  variorum.noteOf = noteOf;

  // Where notes of some heights stand, in order and apart, as near to their places as may be: neighbours that would
  // overlap move as one run, whose middle is that of what its notes want.
  const spread = (wanted, heights) => {
    const runs = [];
    wanted.forEach((place, n) => {
      let run = {notes: [n], height: heights[n] + GAP, sum: place, start: Math.max(0, place)};
      while (runs.length && runs.at(-1).start + runs.at(-1).height > run.start) {
        const above = runs.pop();
        run = {
          notes: [...above.notes, ...run.notes],
          sum: above.sum + run.sum - run.notes.length * above.height,
          height: above.height + run.height,
        };
        run.start = Math.max(0, run.sum / run.notes.length);
      }
      runs.push(run);
    });
    const places = [];
    for (const run of runs) {
      let place = run.start;
      for (const n of run.notes) {
        places[n] = place;
        place += heights[n] + GAP;
      }
      for (const n of run.notes) places[n] = {place: places[n], run};
    }
    return places;
  };

  // Fold only what pushes another away: the longest note of the run that has the farthest note, until none is far.
  const fold = (wanted, whole, folded, mayFold) => {
    const heights = [...whole];
    for (;;) {
      const places = spread(wanted, heights);
      let worst = -1, most = FAR;
      places.forEach(({place}, n) => {
        const away = Math.abs(place - wanted[n]);
        const helps = places[n].run.notes.some(other => mayFold[other] && heights[other] > folded[other]);
        if (away > most && helps) [worst, most] = [n, away];
      });
      if (worst < 0) return {places: places.map(({place}) => place), heights};
      let longest = -1;
      for (const n of places[worst].run.notes) {
        if (mayFold[n] && heights[n] > folded[n] && (longest < 0 || heights[n] > heights[longest])) longest = n;
      }
      heights[longest] = folded[longest];
    }
  };

  const layOut = () => {
    article.classList.toggle('sided', hasMargin());
    for (const note of margin) note.classList.remove('folded');
    if (!hasMargin()) return;
    const start = topOf(article);
    const wanted = margin.map(note => callOf(note)?.offsetParent ? topOf(callOf(note)) - start + 2 : 0);
    const whole = margin.map(note => note.offsetHeight);
    const lines = margin.length ? parseFloat(getComputedStyle(margin[0]).lineHeight) : 0;
    const folded = whole.map(height => Math.min(height, Math.ceil(lines * 3)));
    const isOpen = note => note.matches(':target, :focus, :focus-within');
    const mayFold = margin.map((note, n) => !isOpen(note) && folded[n] < whole[n]);
    const {places, heights} = fold(wanted, whole, folded, mayFold);
    margin.forEach((note, n) => {
      note.classList.toggle('folded', heights[n] < whole[n]);
      note.style.top = `${places[n]}px`;
    });
  };

  if (margin.length) {
    let width = 0, height = 0;
    new ResizeObserver(([{contentRect}]) => {  // notes in the margin do not change the article's size
      if (contentRect.width === width && contentRect.height === height) return;
      [width, height] = [contentRect.width, contentRect.height];
      layOut();
    }).observe(article);
    document.fonts.ready.then(() => {
      layOut();
      document.documentElement.classList.add('settled');  // until then the notes are not seen: they would be seen to move
    });
    document.addEventListener('change', layOut);
    for (const note of margin) {
      note.addEventListener('focusin', layOut);
      note.addEventListener('focusout', layOut);
    }
    addEventListener('hashchange', layOut);
    layOut();
  }

  const show = element => {
    element.focus({preventScroll: true});
    const {top, bottom} = element.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight) element.scrollIntoView({block: 'nearest'});
  };

  // The sheet lies at the foot of the window: the line of the call moves above it.
  const openSheet = (note, call) => {
    note.style.top = hasMargin() ? `${Math.min(topOf(call), innerHeight * 0.6)}px` : '';
    note.showPopover({source: call});
    note.focus({preventScroll: true});
    if (hasMargin()) return;
    const covered = call.getBoundingClientRect().bottom + 12 - note.getBoundingClientRect().top;
    if (covered > 0) scrollBy({top: covered, behavior: 'instant'});
  };

  document.addEventListener('click', event => {
    if (!variorum.isPlain(event)) return;
    const call = event.target.closest('a[role=doc-noteref]');
    const back = event.target.closest('.annotation > a[role=doc-backlink]');
    const note = call ? noteOf(call) : back?.parentNode;
    if (!note?.matches('.annotation')) return;
    if (back) {
      event.preventDefault();
      if (note.matches(':popover-open')) note.hidePopover();
      show(noteOf(back));
    } else if (hasMargin() && note.matches('.editors')) {
      event.preventDefault();
      show(note);
    } else if (note.showPopover) {  // without popovers the call is a plain link
      event.preventDefault();
      openSheet(note, call);
    }
  });

  // a note and its call light up together
  const light = event => {
    for (const lit of document.querySelectorAll('.on')) lit.classList.remove('on');
    const one = event.target.closest?.('a[role=doc-noteref], .annotation');
    if (!one) return;
    const other = one.matches('.annotation') ? callOf(one) : noteOf(one);
    one.classList.add('on');
    other?.classList.add('on');
  };
  document.addEventListener('mouseover', light);
  document.addEventListener('focusin', light);
}
