// Edition and witness side by side: each block of the text gets the witness's words beside it.

{
  const box = document.getElementById('beside');
  const isWide = variorum.isWide;
  const OURS = '.locator, .pagebreak, .headerlink, .call.editors';
  let pairs = [];

  const witnessOf = block => {
    const side = variorum.make('span', '', {className: 'witness-side'});
    for (const child of block.childNodes) side.append(child.cloneNode(true));
    for (const ours of side.querySelectorAll(OURS)) ours.remove();
    for (const named of [side, ...side.querySelectorAll('[id]')]) named.removeAttribute('id');
    side.setAttribute('role', 'group');
    side.setAttribute('aria-label', variorum.told.witness);
    return side;
  };

  const set = () => {
    const found = document.querySelectorAll('article :has(> .locator), article :is(h1, h2, h3, h4):has(.variant)');
    const blocks = [...found].map(element => element.closest('.verse') ?? element);  // a stanza's locator stands in a line
    pairs = [...new Set(blocks)].map(block => {
      const side = witnessOf(block);
      const here = [...block.querySelectorAll('.variant')], there = [...side.querySelectorAll('.variant')];
      here.forEach((variant, n) => {
        variant.beside = there[n];
        there[n].beside = variant;
      });
      block.append(side);
      return {block, side};
    });
    level();
  };

  // The rows begin together; what the window or the size of the type moves is set and joined again.
  const level = () => {
    for (const {block, side} of pairs) block.style.minHeight = `${side.offsetHeight}px`;
    variorum.drawLines(document.querySelectorAll('article .variant:not(.listed, .witness-side *)'));
  };

  const unset = () => {
    for (const {block, side} of pairs) {
      side.remove();
      block.style.minHeight = '';
    }
    pairs = [];
    variorum.removeLines();
  };

  // The reader's place is kept here, once: the browser's own keeping of it would move the page a second time.
  const show = () => {
    const root = document.documentElement;
    root.style.overflowAnchor = 'none';
    const first = [...document.querySelectorAll('.locator')].find(({parentNode}) => parentNode.getBoundingClientRect().top > 40);
    const before = first?.parentNode.getBoundingClientRect().top;
    unset();
    root.classList.toggle('is-beside', variorum.isBeside());
    if (variorum.isBeside()) set();
    if (first) scrollBy({top: first.parentNode.getBoundingClientRect().top - before, behavior: 'instant'});
    requestAnimationFrame(() => requestAnimationFrame(() => { root.style.overflowAnchor = ''; }));
  };

  const join = event => {
    for (const joined of document.querySelectorAll('.joined')) joined.classList.remove('joined');
    const variant = event.target.closest?.('.variant');
    if (!variant?.beside) return;
    for (const part of [variant, variant.beside, variant.line || variant.beside.line]) part?.classList.add('joined');
  };

  if (box) {
    document.getElementById('view').addEventListener('change', show);
    isWide.addEventListener('change', show);
    document.addEventListener('pointerover', join);
    new ResizeObserver(() => { if (pairs.length) level(); }).observe(document.querySelector('article'));
    if (box.checked) show();
  }
}
