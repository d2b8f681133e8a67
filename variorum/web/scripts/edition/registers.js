// The registers, the index and the bibliography: a field that filters their entries.

{
  const finding = document.querySelector('.finding');
  const list = document.querySelector('dl.register, ul.bibliography, ul.general-index');

  // Each entry with its words: a term with its definition, or an item of a list.
  const entriesOf = () => {
    if (list.matches('dl')) {
      return [...list.querySelectorAll(':scope > dt')].map(term => [term, term.nextElementSibling]);
    }
    const items = list.matches('.general-index') ? list.querySelectorAll('ul > li') : list.children;
    return [...items].map(item => [item]);
  };

  if (finding && list) {
    const input = finding.querySelector('input'), status = finding.querySelector('[role=status]');
    let entries;
    input.addEventListener('input', () => {
      entries ||= entriesOf().map(parts => ({parts, words: ` ${variorum.words(parts.map(part => part.textContent).join(' ')).join(' ')}`}));
      const asked = variorum.words(input.value);
      let number = 0;
      for (const {parts, words} of entries) {
        const fits = asked.every(word => words.includes(` ${word}`));
        for (const part of parts) part.hidden = !fits;
        if (fits) number += 1;
      }
      for (const letter of document.querySelectorAll('.general-index > li')) {
        letter.hidden = ![...letter.querySelectorAll('ul > li')].some(item => !item.hidden);
      }
      status.textContent = asked.length ? `${number} / ${entries.length}` : '';
    });
  }
}
