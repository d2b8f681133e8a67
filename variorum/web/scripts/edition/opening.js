// Opening the search: its scripts come when they are first wanted.

{
  const page = document.getElementById('search'), dialog = document.querySelector('dialog.search');
  const {content_root: root} = document.documentElement.dataset;
  const scripts = ['passages', 'search'];

  const load = () => {
    for (const name of scripts.splice(0)) {
      document.head.append(variorum.make('script', '', {async: false, src: `${root}_static/${name}.js`}));
    }
  };
  const open = () => {
    load();
    if (page) return page.querySelector('input').focus();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input').select();
  };

  if (page) load();
  else if (new URLSearchParams(location.search).has('q')) open();  // back from a hit

  for (const button of document.querySelectorAll('.find')) {
    button.addEventListener('click', event => {
      if (!variorum.isPlain(event)) return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener('keydown', event => {
    const isTyping = event.target.closest?.('input, textarea, select');
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    if (document.getElementById('no-key').checked) return;
    event.preventDefault();
    open();
  });
  dialog?.addEventListener('click', event => {
    if (event.target === dialog) dialog.close();
  });
  dialog?.addEventListener('close', () => {
    const url = new URL(location);
    url.searchParams.delete('q');
    url.searchParams.delete('in');
    history.replaceState(history.state, '', url);
  });
}
