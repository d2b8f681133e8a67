// The passages made ready, once: their folded words, their names, and the vocabulary.

{
  const ADDRESS = /\bhttps?:\/\/\S+|\S+\.\p{L}{2,}\/\S+/gu;  // with or without its scheme
  const HYPHENED = /[\p{L}\p{N}\p{M}]+(?:[-‐‑][\p{L}\p{N}\p{M}]+)+/gu;

  const spaced = words => ` ${words.join(' ')} `;

  const prepare = passage => {
    const words = passage.withheld ? '' : passage.words.replace(ADDRESS, ' ');  // the words of an address are no words of the text
    const folded = variorum.words(words);
    const joined = (words.match(HYPHENED) || []).map(word => variorum.words(word).join(''));
    const readings = (passage.readings || []).map(reading => variorum.words(reading).join(' '));
    const names = (passage.names || []).map(name => variorum.words(name).join(' '));
    passage.length = folded.length;
    passage.known = names;
    passage.folded = spaced(folded);
    passage.sought = [folded.join(' '), ...joined, ...readings, ...names].join(' | ').replace(/^|$/g, ' ');
    passage.text = passage.kind === 'text';
  };

  const list = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);

  variorum.prepareIndex = () => {
    const index = {names: new Map(), places: new Map(), vocabulary: new Map()};
    let letters = 0;
    for (const passage of variorum.passages) {
      prepare(passage);
      letters += passage.folded.length;
      for (const name of new Set(passage.known)) list(index.names, name, passage);
      if (passage.text && passage.place) index.places.set(variorum.fold(passage.place).replace(/\s/g, ''), passage);
      for (const word of new Set(passage.sought.split(/[ |]+/))) {
        if (word) index.vocabulary.set(word, (index.vocabulary.get(word) || 0) + 1);
      }
    }
    index.average = letters / variorum.passages.length;
    return index;
  };
}
