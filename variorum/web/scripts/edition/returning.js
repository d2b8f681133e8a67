// On the first page: the way back to where the reader was, on another day.

{
  const place = document.getElementById('continue'), kept = variorum.kept('continue');
  if (place && kept) {
    const {place: locator, address} = JSON.parse(kept);
    place.append(variorum.make('a', variorum.told.continue.replace('{place}', locator), {href: address}));
    place.hidden = false;
  }
}
