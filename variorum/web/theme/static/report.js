// The report of an error, put together from what the form says.
(() => {
'use strict';
const form = document.getElementById('report'), {place, words, wrong, report} = form.elements, send = form.querySelector('.send');
const address = send && send.getAttribute('href');
const compose = () => {
  report.value = `${form.dataset.edition}\nPlace: ${place.value}\nWords: ${words.value}\n\n${wrong.value}`;
  if (send) send.href = address.replace('{text}', encodeURIComponent(report.value));
};
place.value = new URLSearchParams(location.search).get('place') || '';
form.addEventListener('input', compose);
form.addEventListener('submit', async e => {
  e.preventDefault();
  try { await navigator.clipboard.writeText(report.value); } catch { report.select(); document.execCommand('copy'); }
  form.querySelector('[role=status]').textContent = 'Copied';
});
compose();
})();
