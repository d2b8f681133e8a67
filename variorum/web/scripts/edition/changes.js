// The departures from the witness: what a card says of one, and the way from one to the next.

{
  const {make, told} = variorum;
  const changes = [...document.querySelectorAll('.variant[data-shown]:not(.listed)')];
  const steps = document.querySelector('.steps');
  let current = null;

  // only the first piece of a departure that crosses emphasis speaks
  variorum.departure = element => {
    const isBefore = other => other === element || other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    const {shown, why} = changes.findLast(isBefore).dataset;
    const words = make('p', `${told.witness}: `);
    words.append(shown ? make('b', shown) : told.none);
    return [words, make('small', why)];
  };

  // From the one that was shown, or from where the reader is.
  const next = step => {
    const topOf = element => element.getBoundingClientRect().top;
    const inView = current && topOf(current) > 0 && topOf(current) < innerHeight;
    if (inView) return changes[(changes.indexOf(current) + step + changes.length) % changes.length];
    const below = changes.find(change => topOf(change) > 60), above = changes.findLast(change => topOf(change) < 60);
    return step > 0 ? below || changes[0] : above || changes.at(-1);
  };

  steps?.addEventListener('click', event => {
    const step = Number(event.target.value);
    if (!step) return;
    current = next(step);
    current.scrollIntoView({block: 'center', behavior: 'instant'});
    variorum.showCard(current, ...variorum.departure(current));
    const number = changes.indexOf(current) + 1;
    steps.querySelector('span').textContent = told.step.replace('{n}', number).replace('{all}', changes.length);
  });
}
