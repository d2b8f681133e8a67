// Side by side each departure is joined with its counterpart: a line below the words to the edge of their column, across
// to the other column, and to the words there.

{
  const SVG = 'http://www.w3.org/2000/svg';
  const MARGIN = 6;  // pixels between a column and where its lines bend
  const BELOW = 3;  // pixels from a line to the foot of the words it leaves
  const make = name => document.createElementNS(SVG, name);
  const article = document.querySelector('article');
  let drawing = null;

  const pathOf = (variant, origin) => {
    const from = [...variant.getClientRects()].at(-1), [to] = variant.beside.getClientRects();
    if (!from || !to) return null;
    const side = variant.beside.closest('.witness-side');
    const column = side.parentNode.getBoundingClientRect(), other = side.getBoundingClientRect();
    const across = value => Math.round(value - origin.left);
    const height = ({bottom}) => Math.round(bottom - origin.top - BELOW) + 0.5;
    const leaves = across(column.right + MARGIN), arrives = across(other.left - MARGIN);
    const middle = (leaves + arrives) / 2;
    return [
      `M${across(from.right)} ${height(from)}H${leaves}`,
      `C${middle} ${height(from)} ${middle} ${height(to)} ${arrives} ${height(to)}`,
      `H${across(to.left)}`,
    ].join('');
  };

  variorum.removeLines = () => drawing?.remove();

  variorum.drawLines = variants => {
    variorum.removeLines();
    drawing = make('svg');
    drawing.classList.add('lines');
    drawing.setAttribute('aria-hidden', 'true');
    const origin = article.getBoundingClientRect();
    for (const variant of variants) {
      const path = variant.beside && pathOf(variant, origin);
      if (!path) continue;
      variant.line = make('path');
      variant.line.setAttribute('d', path);
      drawing.append(variant.line);
    }
    article.append(drawing);
  };
}
