// Where the reader is: in the bar, in the contents, and on the next visit.

{
  const isWide = variorum.isWide, nav = document.getElementById('nav');
  const here = document.getElementById('here'), section = document.getElementById('section');
  const locators = [...document.querySelectorAll('.locator[data-locator]')];
  const links = [...nav.querySelectorAll('a[href*="#"]')].filter(variorum.noteOf);
  let paragraph, link, waiting = 0;

  const isAbove = element => element.getBoundingClientRect().top < 84;

  const markSection = current => {
    if (current === link) return;
    link?.removeAttribute('aria-current');
    link = current;
    link?.setAttribute('aria-current', 'location');
    section.textContent = link?.textContent || '';
    if (isWide.matches) link?.scrollIntoView({block: 'nearest'});
  };

  // Of the hundreds of locators one is in the tab order: that of the paragraph in view, or the one in focus.
  const admit = locator => {
    for (const other of locators) if (other.tabIndex === 0) other.tabIndex = -1;
    if (locator) locator.tabIndex = 0;
  };
  document.addEventListener('keydown', event => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key], at = locators.indexOf(event.target);
    const next = step && at >= 0 && locators[at + step];
    if (!next) return;
    event.preventDefault();
    admit(next);
    next.focus();
  });

  const locate = () => {
    waiting = 0;
    paragraph = locators.findLast(locator => isAbove(locator.parentNode)) || locators[0];
    if (!locators.includes(document.activeElement)) admit(paragraph);
    markSection(links.findLast(other => isAbove(variorum.noteOf(other))));
    if (here && paragraph) {
      here.hidden = false;
      here.textContent = paragraph.dataset.locator;
      here.ariaLabel = variorum.told.citePlace.replace('{place}', paragraph.dataset.locator);
    }
    if (paragraph && scrollY > 200) {
      const address = location.href.split(/[?#]/)[0] + paragraph.hash;
      variorum.keep('continue', JSON.stringify({place: paragraph.dataset.locator, address}));
    }
  };

  addEventListener('scroll', () => { waiting ||= requestAnimationFrame(locate); });
  locate();
  here?.addEventListener('click', () => {
    if (paragraph) variorum.cite({place: paragraph.dataset.locator, anchor: paragraph.hash.slice(1)}, here);
    else variorum.citePage(here);
  });
  nav.addEventListener('click', event => {
    if (event.target.closest('a') && nav.matches(':popover-open')) nav.hidePopover();
  });
  nav.querySelector('[aria-current=page]')?.scrollIntoView({block: 'nearest'});
}
