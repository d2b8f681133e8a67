// What the page tells its scripts: the words they show, in its own language.

variorum.told = JSON.parse(document.getElementById('page-told').textContent);
variorum.isWide = matchMedia('(min-width: 78em)');
variorum.isBeside = () => variorum.isWide.matches && Boolean(document.getElementById('beside')?.checked);
