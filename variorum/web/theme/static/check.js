// The quotation checker: finds the passage that a sentence comes from, aligns the two, and tells where they differ.
(() => {
'use strict';

const MATCH = 2, OTHER = -1, GAP = -1;
const LEAST_WORDS = 4;
const LEAST_SHARE = 0.6; // of a sentence's words stand in the passage, or it is not from there
const NEAR = 16; // places whose distance from the sentence's beginning differs by less are one candidate
const CANDIDATES = 6;
const AROUND = 40; // words looked at before and after a candidate
const AROUND_DOTS = 300; // and where the sentence leaves something out

const form = document.getElementById('check');
const out = form.querySelector('.found');
const plain = word => word.normalize('NFC').toLowerCase();

// The words of a sentence; `dots` are the numbers of those before which something is left out.
const wordsOf = text => {
  const words = [], dots = new Set();
  for (const [found] of text.replace(/\u00AD/g, '').matchAll(/[\p{L}\p{M}\p{N}]+|…|\.\s?\.\s?\./gu)) {
    if (/^[.…]/.test(found)) dots.add(words.length);
    else words.push({written: found, compared: plain(found)});
  }
  return {words, dots};
};

// All words of one wording (0 the edition's, 1 the witness's), with where each stands.
const streamOf = side => {
  const words = [], standing = new Map();
  wordings.passages.forEach((passage, number) => {
    const text = passage.pieces.map(piece => typeof piece === 'string' ? piece : piece[side]).join('');
    for (const word of wordsOf(text).words) {
      if (!standing.has(word.compared)) standing.set(word.compared, []);
      standing.get(word.compared).push(words.length);
      words.push({...word, passage: number});
    }
  });
  return {words, standing};
};
let streams;

// Where a sentence may come from: the beginnings for which most of its words, rare ones before all, stand in place.
const candidates = (asked, stream) => {
  const votes = new Map();
  asked.words.forEach((word, number) => {
    const places = stream.standing.get(word.compared) || [];
    const weight = 1 / Math.log(2 + places.length);
    for (const place of places) {
      const bucket = Math.floor((place - number) / NEAR);
      for (const near of [bucket, bucket + 1]) votes.set(near, (votes.get(near) || 0) + weight);
    }
  });
  const best = [...votes].sort((a, b) => b[1] - a[1]).slice(0, CANDIDATES);
  return best.map(([bucket]) => bucket * NEAR);
};

// Align a sentence with a stretch of a wording: pairs [number in the sentence, in the wording], -1 for none.
const align = (asked, stream, start, end) => {
  const rows = asked.words.length, columns = end - start;
  const score = [new Float32Array(columns + 1)];
  for (let i = 1; i <= rows; i++) {
    const above = score[i - 1], row = new Float32Array(columns + 1);
    row[0] = above[0] + GAP;
    const leftOut = asked.dots.has(i) && i < rows ? 0 : GAP;
    for (let j = 1; j <= columns; j++) {
      const same = asked.words[i - 1].compared === stream.words[start + j - 1].compared;
      const skipped = row[j - 1] + (i === rows ? 2 * GAP : leftOut);
      row[j] = Math.max(above[j - 1] + (same ? MATCH : OTHER), above[j] + GAP, skipped);
    }
    score.push(row);
  }
  let j = score[rows].indexOf(Math.max(...score[rows])), i = rows;
  const total = score[rows][j], pairs = [];
  while (i > 0) {
    const same = j > 0 && asked.words[i - 1].compared === stream.words[start + j - 1].compared;
    if (j > 0 && score[i][j] === score[i - 1][j - 1] + (same ? MATCH : OTHER)) pairs.push([--i, start + --j]);
    else if (score[i][j] === score[i - 1][j] + GAP) pairs.push([--i, -1]);
    else pairs.push([-1, start + --j]);
  }
  return {total, pairs: pairs.reverse()};
};

// An alignment with the numbers of the words that stand in both.
const judged = (asked, stream, found) => {
  const isExact = ([i, j]) => i >= 0 && j >= 0 && asked.words[i].compared === stream.words[j].compared;
  return {...found, stream, exact: new Set(found.pairs.filter(isExact).map(([i]) => i))};
};

// What the witness has in the passages that were found.
const inWitness = (asked, stream, first, last) => {
  const start = stream.words.findIndex(word => word.passage === first);
  const end = stream.words.findLastIndex(word => word.passage === last) + 1;
  return start < 0 || end <= start ? null : judged(asked, stream, align(asked, stream, start, end));
};

const search = (asked, stream) => {
  const around = asked.dots.size ? AROUND_DOTS : AROUND;
  let best = null;
  for (const begin of candidates(asked, stream)) {
    const start = Math.max(0, begin - around);
    const end = Math.min(stream.words.length, begin + asked.words.length + around);
    const found = align(asked, stream, start, end);
    if (!best || found.total > best.total) best = found;
  }
  if (!best) return null;
  best = judged(asked, stream, best);
  return best.exact.size >= LEAST_SHARE * asked.words.length ? best : null;
};

// The places where a sentence and the edition part: words of both; words left out by dots are no difference.
const differences = (asked, found) => {
  const groups = [];
  let open = null, next = 0;
  for (const [i, j] of found.pairs) {
    if (i >= 0 && found.exact.has(i)) { open = null; next = i + 1; continue; }
    if (i < 0 && asked.dots.has(next)) continue;
    if (!open) groups.push(open = {yours: [], edition: [], at: next});
    if (i >= 0) { open.yours.push(i); next = i + 1; }
    if (j >= 0) open.edition.push(found.stream.words[j].written);
  }
  return groups;
};

// Whether the witness has what the sentence has: its words there, or nothing between the words around.
const isWitness = (group, witness) => {
  if (!witness) return false;
  if (group.yours.length) return group.yours.every(i => witness.exact.has(i));
  const before = witness.pairs.findIndex(([i]) => i === group.at - 1), after = witness.pairs[before + 1];
  return before >= 0 && after !== undefined && after[0] === group.at;
};

window.checkQuotation = text => {
  streams ||= [streamOf(0), streamOf(1)];
  const asked = wordsOf(text);
  if (asked.words.length < LEAST_WORDS) return {short: true};
  const ours = search(asked, streams[0]);
  if (!ours) return {};
  const places = ours.pairs.filter(([i]) => ours.exact.has(i)).map(([, j]) => streams[0].words[j].passage);
  const theirs = inWitness(asked, streams[1], places[0], places.at(-1));
  const passages = [...new Set(places)].map(number => wordings.passages[number]);
  const differing = differences(asked, ours).map(group => ({
    yours: group.yours.map(i => asked.words[i].written).join(' '),
    edition: group.edition.join(' '),
    witness: isWitness(group, theirs),
  }));
  return {passages, differing};
};

const make = (tag, ...children) => { const made = document.createElement(tag); made.append(...children); return made; };
const show = ({short, passages, differing}) => {
  const said = form.dataset;
  if (!passages) { out.replaceChildren(make('p', short ? said.short : said.none)); return; }
  const links = passages.map(({place, href}) => Object.assign(make('a', place), {href}));
  const head = make('p', ...links.flatMap((link, n) => n ? [', ', link] : [link]), ': ', differing.length ? said.differs : said.exact);
  const list = make('ul', ...differing.map(({yours, edition, witness}) => make('li',
    make('b', edition || said.nothing), ` ${said.for} `, make('b', yours || said.nothing), witness ? ` ${said.witness}` : '')));
  const {place, href, cited} = passages[0];
  const site = wordings.base || location.href.replace(/[^/]*$/, '');
  const {version, year} = wordings, told = {place, anchor: href.split('#')[1], url: site + href, version, year};
  const citation = wordings.citations[cited].replace(/\{(place|anchor|url|version|year)\}/g, (_, key) => told[key]);
  out.replaceChildren(head, ...(differing.length ? [list] : []), make('p', citation));
};
form.addEventListener('submit', event => {
  event.preventDefault();
  show(window.checkQuotation(form.elements.words.value));
});
})();
