// What stands in the form, as it would be sent.

export const form = document.querySelector('#record-form');

/** What of the form is a value of the record: neither the threshold nor the choice of an input, which stand outside of it. */
const controls = () => [...form.elements].filter((control) => control.name && form.contains(control));

/** Pairs by their order of names, without fields that are empty: equal inputs give equal texts. */
function sorted(pairs) {
  const parameters = new URLSearchParams([...pairs].filter(([, text]) => text !== ''));
  parameters.sort();
  return parameters.toString();
}

/** The inputs as they stand now. */
export function inputs() {
  const names = new Set(controls().map(({ name }) => name));
  return sorted([...new FormData(form)].filter(([name]) => names.has(name)));
}

/** Inputs as the server wrote them. */
export const inputsFrom = (encoded) => sorted(new URLSearchParams(encoded));

/** What says that the value of a control is not known, where that is a box of its own. */
const notKnownOf = (control) => control.closest('.field').querySelector('input[type=checkbox]');

/** Whether each field has a value that it allows, or is said not to be known. */
export function isComplete() {
  return controls().every((control) => {
    const { valid, valueMissing, badInput } = control.validity;
    return valid || (valueMissing && !badInput && control.type !== 'checkbox' && notKnownOf(control)?.checked === true);
  });
}

/** A value and "Not known" exclude each other, and a slider moves with its number. */
export function settle(target) {
  const field = target.closest('.field');
  if (!field) return;
  const slider = field.querySelector('.slider');
  const input = field.querySelector('input:not([type=checkbox]):not(.slider)');
  const notKnown = field.querySelector('input[type=checkbox]');
  if (target === slider) input.value = slider.value;
  else if (slider && target === input && input.value !== '') slider.value = input.value;
  if (!notKnown) return;
  if (target === notKnown && notKnown.checked) input.value = '';
  if (target !== notKnown && input.value !== '') notKnown.checked = false;
}
