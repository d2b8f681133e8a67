// Citing a paragraph, a note, an entry, a picture or a whole page.

if (document.getElementById('page-citing')) {
  const dialog = document.getElementById('cite');
  const data = JSON.parse(document.getElementById('page-citing').textContent);
  const status = dialog.querySelector('[role=status]');

  variorum.headingOf = heading => heading.textContent.replace('¶', '').trim();

  // The section of a text names its author; every other place is the editors'.
  const handOf = place => {
    const number = place.split(' ').at(-1).split('.')[0];
    return data.hands[number] || data.hands[''];
  };

  // Without a place the whole is cited; without an anchor the key is that of the page.
  const filled = (form, parts, isJson) => {
    const placed = parts.place ? form : form.replaceAll(', {place}', '');
    const keyed = parts.anchor ? placed : placed.replaceAll('-{anchor}', '');
    return keyed.replace(/\{(place|anchor|url|title)\}/g, (_, name) =>
      isJson ? JSON.stringify(parts[name]).slice(1, -1) : parts[name]);
  };

  variorum.cite = ({place, anchor, title}, from) => {
    const whole = document.querySelector('h1');
    const forms = title ? data.hands.editors : handOf(place) || data.hands.editors;
    const page = data.url || location.href.split(/[?#]/)[0];
    const parts = {place, anchor, title: title || variorum.headingOf(whole), url: anchor ? `${page}#${anchor}` : page};
    dialog.querySelector('h2').textContent = place || parts.title;
    status.textContent = '';
    for (const button of dialog.querySelectorAll('[value]')) {
      button.nextElementSibling.textContent = filled(forms[button.value] || '{url}', parts, button.value === 'CSL-JSON');
    }
    dialog.querySelector('.report').search = new URLSearchParams({place: place || parts.title});
    variorum.hideCard();
    dialog.showPopover({source: from});
    variorum.setBeside(dialog, from);
    dialog.querySelector('button').focus({preventScroll: true});
  };

  dialog.addEventListener('click', async event => {
    const kind = event.target.value, out = event.target.nextElementSibling;
    if (!kind) return;
    try {
      await navigator.clipboard.writeText(out.textContent);
    } catch {  // from a disk
      getSelection().selectAllChildren(out);
      document.execCommand('copy');
    }
    status.textContent = variorum.told.copied.replace('{what}', kind).replace('{place}', dialog.querySelector('h2').textContent);
  });

  variorum.citePage = from => variorum.cite({place: '', anchor: '', title: ''}, from);
  document.querySelector('[data-cite-page]')?.addEventListener('click', event => variorum.citePage(event.target));

  document.addEventListener('click', event => {
    const link = event.target.closest('[data-locator], [data-cite], .headerlink');
    if (!link || !variorum.isPlain(event) || !dialog.showPopover) return;
    event.preventDefault();
    history.replaceState(history.state, '', link.hash);
    const place = link.dataset.locator || '', anchor = link.hash.slice(1);
    const title = place ? '' : link.dataset.cite || variorum.headingOf(link.parentNode);
    variorum.cite({place, anchor, title}, link);
  });
}
