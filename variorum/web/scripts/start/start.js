// Before anything is painted: what the reader has chosen, and the few tools that every other script uses.

const variorum = {};

// What is kept from page to page; a browser may refuse to keep anything.
variorum.keep = (name, value) => {
  try {
    localStorage[name] = value;
  } catch { /* then it is chosen again on the next page */ }
};
variorum.kept = name => {
  const asked = new URLSearchParams(location.search).get(name);
  if (asked) return asked;
  try {
    return localStorage[name] || '';
  } catch {
    return '';
  }
};

// A click that shall do what the page does, and not open a window.
variorum.isPlain = event => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

variorum.make = (tag, textContent, more) => Object.assign(document.createElement(tag), {textContent}, more);

document.documentElement.classList.add('js', location.protocol.slice(0, -1));
for (const choice of ['theme', 'size', 'text']) document.documentElement.dataset[choice] = variorum.kept(choice);
