// A narrow window shows the rows of a table as blocks; some browsers then take it for no table unless it says so.

{
  const ROLES = {
    thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell', 'thead th': 'columnheader', 'tbody th': 'rowheader',
  };
  const tables = document.querySelectorAll('article table:not(.matrix)');
  const isNarrow = matchMedia('(max-width: 48em)');

  const setRole = (element, role) => {
    if (isNarrow.matches) element.setAttribute('role', role);
    else element.removeAttribute('role');
  };
  const setRoles = () => {
    for (const table of tables) {
      setRole(table, 'table');
      for (const [selector, role] of Object.entries(ROLES)) {
        for (const part of table.querySelectorAll(selector)) setRole(part, role);
      }
    }
  };

  if (tables.length) {
    isNarrow.addEventListener('change', setRoles);
    if (isNarrow.matches) setRoles();
  }
}
