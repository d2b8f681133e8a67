// What a hit shows: the words around those that were asked, marked.

{
  const BEFORE = 70, LONG = 260;

  const border = (text, at) => {
    const space = text.lastIndexOf(' ', at);
    return at <= 0 ? 0 : at >= text.length ? text.length : space + 1;
  };

  // The stretch of the passage in which the most different terms stand.
  const densest = found => {
    let best = found[0], most = 0;
    for (const first of found) {
      const near = found.filter(other => other.start >= first.start && other.end < first.start + LONG - BEFORE);
      const different = new Set(near.map(({term}) => term)).size;
      if (different > most) [best, most] = [first, different];
    }
    return best;
  };

  const marked = (text, start, end, found) => {
    const parts = [];
    let at = start;
    for (const stretch of found) {
      if (stretch.start < at || stretch.end > end) continue;
      const mark = document.createElement('mark');
      mark.textContent = text.slice(stretch.start, stretch.end);
      parts.push(text.slice(at, stretch.start), mark);
      at = stretch.end;
    }
    parts.push(text.slice(at, end));
    return parts;
  };

  // → what to append to the hit's paragraph
  variorum.excerpt = (passage, query, index) => {
    const terms = query.terms.flat(), text = passage.words;
    const found = variorum.stretches(text, terms);
    const first = found.length ? densest(found) : null;
    const start = first ? border(text, first.start - BEFORE) : 0;
    const end = border(text, start + LONG);
    const parts = marked(text, start, end, found);
    if (start) parts.unshift('… ');
    if (end < text.length) parts.push(' …');
    if (!first) parts.push(...otherWords(passage, terms, query, index));
    return parts;
  };

  // Where the words stand in the witness only, or the passage names what was asked in another form.
  const otherWords = (passage, terms, query, index) => {
    const {told} = variorum;
    for (const reading of passage.readings || []) {
      const found = variorum.stretches(reading, terms);
      if (found.length) return [` (${told.witness}: `, ...marked(reading, 0, reading.length, found), ')'];
    }
    const asked = [query.whole, ...terms.map(words => words.join(' '))];
    for (const number of passage.mentions || []) {
      const entry = variorum.passages[number];
      if (asked.some(name => entry.known.includes(name))) return [` (${told.names}: ${entry.heading})`];
    }
    return [];
  };
}
