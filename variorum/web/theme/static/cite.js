// Look up a passage: by its locator, and by the version whose words are wanted; also from the page's own address.
(() => {
'use strict';

const form = document.getElementById('look-up');
const out = form.querySelector('.found');
const said = form.dataset;

const plain = locator => locator.normalize('NFC').toLowerCase().replace(/\s/g, '');
// A note of the source's has its sign in its locator, K 3.n*, and is known here by a word, K 3.nstar.
const named = locator => {
  const [, start, sign, rest] = /^(.*\.n)([^\p{L}\d.]+)(.*)$/u.exec(locator) || [];
  const word = Object.keys(addresses.signs).find(key => addresses.signs[key] === sign);
  return word ? start + word + rest : locator;
};
const shown = locator => locator.replace(/\.n(\p{L}\w*)/u, (all, word) => word in addresses.signs ? '.n' + addresses.signs[word] : all);

const passages = new Map(wordings.passages.map(passage => [plain(passage.place), passage]));
const known = new Map([...Object.keys(addresses.words), ...Object.keys(addresses.retired)].map(key => [plain(key), key]));
const numbers = addresses.versions.map(([number]) => number);
const dates = Object.fromEntries(addresses.versions);

// The versions of a locator: the first with some words, and these in pieces, as far as the next.
const stagesOf = locator => addresses.words[locator] || (numbers.length ? [[numbers[0], null]] : []);
const stageIn = (locator, version) =>
  stagesOf(locator).findLast(([from]) => numbers.indexOf(from) <= numbers.indexOf(version));
const had = (locator, version) => {
  const stage = numbers.includes(version) && stageIn(locator, version);
  return stage && (!stage[1] || stage[1].length > 0);
};

const lookUp = asked => {
  const [, written, version = ''] = /^([^@]*)@?\s*v?(.*?)\s*$/.exec(asked);
  const key = plain(named(written.trim()));
  const passage = passages.get(key), locator = passage ? passage.place : known.get(key);
  if (!locator) return null;
  return {locator, passage, version: version === wordings.version ? '' : version};
};

const make = (tag, ...children) => { const made = document.createElement(tag); made.append(...children); return made; };
const link = (words, href) => Object.assign(make('a', words), {href});
const filled = (words, told) => words.replace(/\{(\w+)\}/g, (all, key) => key in told ? told[key] : all);
const addressOf = (locator, version) => shown(locator).replace(' ', '+') + (version ? `@${version}` : '');
const dated = date => new Date(date).toLocaleDateString(document.documentElement.lang, {dateStyle: 'long', timeZone: 'UTC'});
const lines = text => text.split('\n').flatMap((line, n) => n ? [make('br'), line] : [line]);

// The words of today, those that the edition has where its witness differs.
const ofToday = passage => passage.pieces.map(piece => typeof piece === 'string' ? piece : piece[0]).join('');
const isWithheld = passage => passage && !passage.pieces.length;

// The words of one side of a comparison, 0 those of then and 1 those of now; what the other side has not is marked.
const marked = (pieces, side) => make('blockquote', make('p', ...pieces.flatMap(piece => {
  if (typeof piece === 'string') return lines(piece);
  return piece[side] ? [make(side ? 'ins' : 'del', ...lines(piece[side]))] : [];
})));

const citation = ({locator, passage, version}) => {
  const {href, cited} = passage;
  const site = wordings.base || location.href.replace(/[?#].*$/, '').replace(/[^/]*$/, '');
  const year = version ? dates[version].slice(0, 4) : wordings.year;
  const url = site + (version ? `cite.html?${addressOf(locator, version)}` : href);
  const told = {place: shown(locator), anchor: href.split('#')[1], url, version: version || wordings.version, year};
  return make('p', filled(wordings.citations[cited], told));
};

const nowHead = () => make('h3', filled(said.now, {version: wordings.version}));
const nowWords = passage => make('blockquote', isWithheld(passage) ? said.withheld : make('p', ...lines(ofToday(passage))));

// A link to each version in which a locator had other words than today.
const others = locator => {
  const links = stagesOf(locator).filter(([, pieces]) => pieces && pieces.length)
    .flatMap(([from], n) => [n ? ', ' : ' ', link(from, `#${addressOf(locator, from)}`)]);
  return links.length ? [make('p', said.others, ...links)] : [];
};

const show = found => {
  if (!found) return [make('p', said.none)];
  const {locator, passage, version} = found;
  const successor = addresses.retired[locator];
  const head = make('h2', passage ? link(shown(locator), passage.href) : shown(locator));
  const leads = successor ? [make('p', `${said.retired} `, link(shown(successor), `#${addressOf(successor)}`), '.')] : [];
  if (!version && !passage) return [head, ...leads, ...others(locator)];
  if (!version) return [head, nowHead(), nowWords(passage), ...others(locator), citation(found)];
  if (!had(locator, version)) {
    const links = numbers.filter(number => had(locator, number))
      .flatMap((number, n) => [n ? ', ' : ' ', link(number, `#${addressOf(locator, number)}`)]);
    return [head, ...leads, make('p', said.noVersion, ...links)];
  }
  const pieces = stageIn(locator, version)[1];
  const then = make('h3', filled(said.then, {version, date: dated(dates[version])}));
  const cited = citation({...found, passage: passage || passages.get(plain(successor))});
  if (isWithheld(passage)) return [head, then, make('p', said.withheld), cited];
  if (!pieces) return [head, then, nowWords(passage), make('p', filled(said.same, {version: wordings.version})), cited];
  if (!passage) return [head, ...leads, then, make('blockquote', make('p', ...lines(pieces.map(([words]) => words).join('')))), cited];
  return [head, then, marked(pieces, 0), nowHead(), marked(pieces, 1), make('p', make('small', said.marks)), cited];
};

// What the address asks for: after the number sign, or else after the question mark.
const asked = () => {
  const written = (location.hash || location.search).slice(1).replace(/\+/g, ' ');
  try { return decodeURIComponent(written); } catch { return written; }
};
const answer = () => {
  const words = asked();
  if (!words || words === 'main') return;
  form.elements.locator.value = words;
  out.replaceChildren(...show(lookUp(words)));
};
form.addEventListener('submit', event => {
  event.preventDefault();
  const address = `#${encodeURIComponent(form.elements.locator.value.trim()).replace(/%20/g, '+').replace(/%40/g, '@')}`;
  if (location.hash === address) answer();
  else location.hash = address;
});
addEventListener('hashchange', answer);
answer();
})();
