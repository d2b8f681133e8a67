// The words that were searched for, marked in the passage that was found.

{
  const asked = new URLSearchParams(location.search).get('highlight');
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (asked && target && window.Highlight) {
    const passage = target.matches('dt') ? target.nextElementSibling : target.closest('li, aside, p, dt, section') || target;
    const words = variorum.words(asked).map(word => [word]);
    const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT), marks = new Highlight();
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const {start, end} of variorum.stretches(node.data, words)) {
        marks.add(new StaticRange({startContainer: node, startOffset: start, endContainer: node, endOffset: end}));
      }
    }
    CSS.highlights.set('sought', marks);
  }
}
