// Which passages have what was asked, and in which order.

{
  const TIERS = ['text', 'entry', 'commentary', 'work'];  // texts before commentary before bibliography
  const NAMED_SO = 3;  // entries set before the texts though only a part of their name was asked

  const count = (text, sought) => {
    let found = 0;
    for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length - 1)) found += 1;
    return found;
  };
  const countTerm = (passage, term) => {
    let found = 0;
    for (const words of term) found += count(passage.sought, ` ${words.join(' ')} `);
    return found;
  };

  const place = (index, text) => {
    const key = variorum.fold(text).replace(/[\s.]*$/, '').replace(/^(\p{L}+)[\s.]*(?=\d)/u, '$1').replace(/[–-].*/, '');
    const exact = index.places.get(key) || index.places.get(`${key}.0`);
    if (exact) return exact;
    if (!/^\p{L}+\d+$/u.test(key)) return null;
    for (const [name, passage] of index.places) if (name.startsWith(`${key}.`)) return passage;
    return null;
  };

  // The weight of a passage: how often it has the terms, the rare ones more, in how few words; all in a row most.
  const weigh = (index, query, counts, rarity, passage) => {
    const length = 0.4 + 0.6 * passage.folded.length / index.average;
    let weight = 0;
    counts.forEach((number, n) => { weight += rarity[n] * number / (number + 1.2 * length); });
    if (query.terms.length > 1 && passage.sought.includes(` ${query.whole} `)) weight += 10;
    return weight;
  };

  const inScope = (passage, scope) => !scope || (scope === 'text') === passage.text;

  // → {place} or {entries, hits, otherwise}: entries named so; passages with the words; those that name it otherwise
  variorum.find = (index, text, scope = '') => {
    const at = place(index, text.trim());
    if (at) return {place: at, entries: [], hits: [], otherwise: []};
    const query = variorum.readQuery(text), {terms, whole} = query;
    if (!terms.length) return {query, entries: [], hits: [], otherwise: []};
    const having = [];
    for (const passage of variorum.passages) {
      if (!inScope(passage, scope)) continue;
      const counts = [];
      for (const term of terms) {
        const number = countTerm(passage, term);
        if (!number) break;
        counts.push(number);
      }
      if (counts.length === terms.length) having.push({passage, counts});
    }
    const rarity = terms.map(([words]) => {
      const frequency = Math.min(...words.map(word => index.vocabulary.get(word) || 0));
      return Math.log(1 + variorum.passages.length / (1 + frequency));
    });
    for (const hit of having) hit.weight = weigh(index, query, hit.counts, rarity, hit.passage);
    having.sort((a, b) =>
      TIERS.indexOf(a.passage.kind) - TIERS.indexOf(b.passage.kind) || b.weight - a.weight);

    const called = (index.names.get(whole) || []).filter(entry => inScope(entry, scope));
    const first = entry => variorum.words(entry.heading).join(' ').startsWith(whole) ? 0 : 1;
    called.sort((a, b) => first(a) - first(b));
    const partly = having
      .filter(({passage}) => !called.includes(passage) && passage.known.some(name => ` ${name} `.includes(` ${whole} `)))
      .slice(0, NAMED_SO)
      .map(({passage}) => passage);
    const entries = [...called, ...partly];
    const hits = having.map(({passage}) => passage).filter(passage => !entries.includes(passage));
    return {query, entries, hits, otherwise: otherwise(index, query, [...entries, ...hits], scope)};
  };

  // Passages of the texts that name, in another form, the very entry that was asked for.
  const otherwise = (index, {terms, whole}, had, scope) => {
    const meant = words => (index.names.get(words) || []).map(entry => variorum.passages.indexOf(entry));
    const asked = terms.map(term => meant(term[0].join(' ')));
    const all = meant(whole);
    if (!all.length && !asked.some(numbers => numbers.length)) return [];
    const already = new Set(had);
    return variorum.passages.filter(passage => {
      if (!passage.mentions || already.has(passage) || !inScope(passage, scope)) return false;
      const names = numbers => numbers.some(number => passage.mentions.includes(number));
      if (names(all)) return true;
      return terms.every((term, n) => countTerm(passage, term) || names(asked[n]));
    });
  };
}
