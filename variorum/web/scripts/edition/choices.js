// The reader's choices are remembered; the state of the text is also in the address.

{
  const root = document.documentElement;

  const tellState = state => {
    const url = new URL(location);
    url.searchParams.delete('text');
    if (state !== 'reading') url.searchParams.set('text', state);
    history.replaceState(history.state, '', url);
  };

  for (const group of document.querySelectorAll('[data-keep]')) {
    const name = group.dataset.keep, kept = variorum.kept(name);
    for (const box of group.querySelectorAll('input')) {
      if (box.value !== kept) continue;
      box.checked = true;
      if (name === 'text') tellState(kept);
    }
    delete root.dataset[name];  // from here on the style sheet asks the boxes
    group.addEventListener('change', event => {
      variorum.keep(name, event.target.value);
      if (name === 'text') tellState(event.target.value);
    });
  }
}
