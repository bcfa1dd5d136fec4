// What the form does beyond what it does without this: a prediction is marked once the fields are no longer those that it was
// made from, a value and "Not known" exclude each other, and a threshold that is moved shows what it costs.

const form = document.querySelector('form');
const outcome = document.querySelector('.has-result');
const title = document.title;

function isChanged(control) {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((it) => it.selected !== it.defaultSelected);
  return control.type === 'checkbox' || control.type === 'radio'
    ? control.checked !== control.defaultChecked
    : control.value !== control.defaultValue;
}

/** What of the form is a value of the record: not the threshold, which stands outside of it. */
const fields = () => [...form.elements].filter((control) => form.contains(control) && control.name);

function mark() {
  if (!outcome) return;
  const isStale = fields().some(isChanged);
  const status = outcome.querySelector('.stale');
  outcome.classList.toggle('is-stale', isStale);
  status.textContent = isStale ? status.dataset.text : '';
  document.title = isStale ? outcome.dataset.title : title;
}

form.addEventListener('input', ({ target }) => {
  const field = target.closest('.field');
  const input = field.querySelector('input:not([type=checkbox])');
  const notKnown = field.querySelector('input[type=checkbox]');
  if (!notKnown) return mark();
  if (target === notKnown && notKnown.checked) input.value = '';
  if (target === input && input.value !== '') notKnown.checked = false;
  mark();
});

const threshold = document.querySelector('.threshold');
const slider = document.querySelector('#at-threshold');
const costs = JSON.parse(threshold?.dataset.costs ?? '[]');

function showCosts() {
  if (!threshold) return;
  const place = Number(slider.value);
  const cost = costs[place];
  for (const [name, text] of Object.entries(cost)) threshold.querySelector(`#threshold-${name}`).textContent = text;
  const { at, flagged, precision, recall } = cost;
  slider.setAttribute('aria-valuetext', `${at}: ${flagged} of 100 flagged, precision ${precision}, recall ${recall}`);
  const verdict = threshold.querySelector('#threshold-verdict');
  if (verdict) verdict.textContent = place < Number(threshold.dataset.firstAbove) ? 'flagged' : 'not flagged';
}

if (threshold) {
  threshold.querySelector('button').hidden = true;
  slider.addEventListener('input', showCosts);
}

// A browser that goes back, or loads the page again, may bring back what was in the fields.
window.addEventListener('pageshow', () => {
  mark();
  showCosts();
});
