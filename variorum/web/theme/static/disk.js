// Searching without a server, where no page may read a file: in a list of all passages, brought by a script.
window.seek = (words, kind) => {
  const sought = words.match(/(?<=")[^"]+|[^\s"]+/g) || [], any = new RegExp(sought.map(w => w.replace(/\W/g, '\\$&')).join('|'), 'gi');
  const fits = p => (!kind || kind === p.kind) && sought.every(w => p.words.toLowerCase().includes(w.toLowerCase()));
  return passages.filter(fits).map(meta => ({data: () => {
    const at = Math.max(0, meta.words.search(any) - 60);
    return {meta, excerpt: meta.words.slice(at, at + 240).replace(any, '<mark>$&</mark>')};
  }}));
};
