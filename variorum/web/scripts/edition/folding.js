// Words as the search compares them: without case, without marks on letters, with every apostrophe and hyphen a space.

variorum.letters = {ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', þ: 'th', ð: 'd'};

variorum.fold = text => text
  .normalize('NFKD')
  .replace(/\p{M}+/gu, '')
  .toLowerCase()
  .replace(/[ßæœøłđıþð]/g, letter => variorum.letters[letter]);

variorum.words = text => variorum.fold(text).match(/[\p{L}\p{N}]+/gu) || [];

// The words of a text with the places where they stand in it.
variorum.placed = text => {
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    for (const word of variorum.words(match[0])) {
      found.push({word, start: match.index, end: match.index + match[0].length});
    }
  }
  return found;
};

// The stretches of a text in which the words of one of some terms stand; a term is a list of words.
variorum.stretches = (text, terms) => {
  const placed = variorum.placed(text), found = [];
  placed.forEach((first, index) => {
    for (const term of terms) {
      if (term.every((word, n) => placed[index + n]?.word === word)) {
        found.push({start: first.start, end: placed[index + term.length - 1].end, term});
      }
    }
  });
  return found;
};
