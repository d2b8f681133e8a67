// What a reader asks: a locator, or terms, each a list of words that stand together.

{
  const QUOTED = /["“”„‟«»]([^"“”„‟«»]+)["“”„‟«»]|(?:^|\s)['‘‚‛]([^"]+?)['’‘](?=\s|$)/g;
  const APOSTROPHE = /(\p{L})['’‘ʼ`´](?=\p{L})/gu;

  // “who was X?” asks for X: the words of the question itself are set aside
  const withoutQuestion = text => {
    const {askers, fillers} = variorum.told;
    const words = text.replace(/[?？]\s*$/, '').trim().split(/\s+/);
    const asks = /[?？]\s*$/.test(text) || askers.split(' ').includes(variorum.fold(words[0]));
    if (!asks) return text;
    const aside = `${askers} ${fillers}`.split(' ');
    const left = words.filter(word => !aside.includes(variorum.fold(word)));
    return left.length ? left.join(' ') : text;
  };

  // A word with a hyphen is found also where it is written as one, or as several.
  const termOf = word => {
    const words = variorum.words(word);
    return words.length > 1 && !/\s/.test(word) ? [words, [words.join('')]] : [words];
  };

  // → {whole, terms}: all words in a row; terms, each a list of alternatives, an alternative a list of words
  variorum.readQuery = text => {
    const terms = [];
    const rest = text.replace(QUOTED, (_, double, single) => {
      const words = variorum.words(double || single);
      if (words.length) terms.push([words]);
      return ' ';
    });
    const asked = terms.length ? rest : withoutQuestion(text);
    const whole = variorum.words(terms.length ? text : asked).join(' ');
    for (const word of asked.replace(APOSTROPHE, '$1’').split(/\s+/)) {
      const term = termOf(word);
      if (term[0].length) terms.push(term);
    }
    return {whole, terms};
  };
}
