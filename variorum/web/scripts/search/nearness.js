// What the reader may have meant, where nothing has the words: offered, never mixed in.

{
  // Letters to change, add, leave out or exchange with their neighbour; more than `most` is Infinity.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return Infinity;
    let before = [], last = Array.from({length: b.length + 1}, (_, n) => n);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const change = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
        row[j] = Math.min(change, last[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        least = Math.min(least, row[j]);
      }
      if (least > most) return Infinity;
      before = last;
      last = row;
    }
    return last[b.length] <= most ? last[b.length] : Infinity;
  };

  const tolerance = word => word.length < 4 ? 0 : word.length < 6 ? 1 : 2;

  const STEM = 4, ENDING = 4;  // letters that two forms of a word share at least, and in which they differ at most
  const isFormOf = (word, other) =>
    word.length > 2 && other.startsWith(word)
    || other.length >= STEM && word.startsWith(other) && word.length - other.length <= ENDING;

  // Words of the vocabulary near to one that is not in it: its beginning or what it begins, or a letter or two away.
  const nearWords = (index, word) => {
    const near = [];
    for (const [other, number] of index.vocabulary) {
      const away = distance(word, other, tolerance(word)) + (other[0] === word[0] ? 0 : 0.5);
      if (away < Infinity) near.push({other, away, number});
      else if (isFormOf(word, other)) near.push({other, away: 1.5, number});
    }
    near.sort((a, b) => a.away - b.away || b.number - a.number);
    return near.map(({other}) => other);
  };

  const nearNames = (index, whole) => {
    const near = [];
    for (const [name, entries] of index.names) {
      const away = name.includes(' ') ? distance(whole, name, 2) : Infinity;
      if (away < Infinity) near.push({away, words: entries[0].names[entries[0].known.indexOf(name)]});
    }
    return near.sort((a, b) => a.away - b.away).map(({words}) => words);
  };

  const MOST = 5;

  // → queries that find something, at most MOST
  variorum.offers = (index, {terms, whole}, scope) => {
    const offered = new Set(nearNames(index, whole));
    const words = terms.flatMap(term => term[0]);
    const lost = words.filter(word => !index.vocabulary.has(word));
    const choices = words.map(word => lost.includes(word) ? nearWords(index, word).slice(0, 4) : [word]);
    if (lost.length) {
      for (let n = 0; n < 4; n += 1) {
        const mended = choices.map(choice => choice[Math.min(n, choice.length - 1)]);
        if (mended.every(Boolean)) offered.add(mended.join(' '));
      }
    }
    if (words.length > 1) {  // all but one of the words, or a single one
      words.forEach((_, left) => offered.add(choices.filter((__, n) => n !== left).map(choice => choice[0]).filter(Boolean).join(' ')));
    }
    offered.delete('');
    return [...offered]
      .slice(0, MOST + 3)
      .map(text => ({text, found: variorum.find(index, text, scope)}))
      .filter(({found}) => found.entries.length + found.hits.length)
      .map(({text, found}) => ({text, number: found.entries.length + found.hits.length}))
      .slice(0, MOST);
  };

  // Longer words that begin with the one that was asked: “unions” beside “union”.
  variorum.longer = (index, {terms}) => {
    const word = terms.length === 1 && terms[0][0].length === 1 && terms[0][0][0];
    if (!word || word.length < 3) return [];
    return [...index.vocabulary]
      .filter(([other]) => other.startsWith(word) && other !== word)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 4)
      .map(([other]) => other);
  };
}
