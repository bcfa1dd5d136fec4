// What the form does beyond what it does without this: a prediction is marked once the fields are no longer those that it was
// made from, and a value and "Not known" exclude each other.

const form = document.querySelector('form');
const outcome = document.querySelector('.has-result');
const title = document.title;

function isChanged(control) {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((it) => it.selected !== it.defaultSelected);
  return control.type === 'checkbox'
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

function mark() {
  if (!outcome) return;
  const isStale = [...form.elements].some((control) => 'name' in control && control.name !== '' && isChanged(control));
  const status = outcome.querySelector('.stale');
  outcome.classList.toggle('is-stale', isStale);
  status.textContent = isStale ? status.dataset.text : '';
  document.title = isStale ? outcome.dataset.title : title;
}

form.addEventListener('input', ({ target }) => {
  const field = target.closest('.field');
  const input = field.querySelector('input:not([type=checkbox])');
  const notKnown = field.querySelector('input[type=checkbox]');
  if (target === notKnown && notKnown.checked) input.value = '';
  if (target === input && input.value !== '') notKnown.checked = false;
  mark();
});
// A browser that goes back, or loads the page again, may bring back what was in the fields.
window.addEventListener('pageshow', mark);
