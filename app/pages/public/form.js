// What the form does beyond what it does without this: the answer follows the inputs, and the address holds them.

import { makeSearchable } from './combobox.js';
import { form, inputs, inputsFrom, isComplete, settle } from './inputs.js';
import { showCosts } from './threshold.js';

/** Inputs that rest for so long are asked about, in milliseconds; … */
const REST = 120;
/** … after so long without an answer that is said; and after so long an answer is told to a screen reader, and in the address. */
const PATIENCE = 400;
const SETTLED = 800;
/** Longer addresses are cut by some programs. */
const LONGEST_ADDRESS = 4000;

const spoken = document.querySelector('#spoken');
const bar = document.querySelector('#answer-bar');
const along = document.querySelector('#along-input');
const outcome = document.querySelector('#outcome');

const answer = () => document.querySelector('#answer');
/** Whether the answer, where there is one, was made from what the form has now. */
const isCurrent = () => {
  const { inputs: made } = answer().dataset;
  return made !== undefined && inputsFrom(made) === inputs();
};

/** A timer that is set anew each time. */
function timer(ms, work) {
  let pending;
  const stop = () => clearTimeout(pending);
  const start = () => {
    stop();
    pending = setTimeout(work, ms);
  };
  return { start, stop };
}

function say(text) {
  const stale = answer().querySelector('.stale');
  if (stale) stale.textContent = text;
}

const impatient = timer(PATIENCE, () => {
  if (!isCurrent()) say(answer().querySelector('.stale')?.dataset.text ?? '');
});

/** An answer never stands beside inputs that it was not made from without saying so. */
function mark() {
  const isStale = answer().dataset.inputs !== undefined && !isCurrent();
  answer().classList.toggle('is-stale', isStale);
  bar.classList.toggle('is-stale', isStale);
  if (!isStale) {
    impatient.stop();
    say('');
  } else if (isComplete()) impatient.start();
  else say(answer().querySelector('.stale').dataset.text);
  if (answer().dataset.inputs !== undefined) document.title = (isStale ? outcome : answer()).dataset.title;
}

const settled = timer(SETTLED, () => {
  if (!isCurrent()) return;
  const value = document.querySelector('.prediction').textContent.trim();
  spoken.textContent = `${spoken.dataset.title}: ${value}`;
  showAddress();
});

function showAddress() {
  const address = `/?${answer().dataset.inputs}`;
  if (address.length <= LONGEST_ADDRESS) history.replaceState(null, '', address);
}

/** Puts each part of an answer in the place of the one before; what was opened stays open. */
function put(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const part of [...body.children]) {
    const before = document.getElementById(part.id);
    if (!before) continue;
    const opened = [...before.querySelectorAll('details')];
    for (const [i, details] of part.querySelectorAll('details').entries()) details.open = opened[i]?.open ?? false;
    before.replaceWith(part);
  }
  const panel = document.querySelector('#along');
  if (panel) panel.hidden = false;
}

let asking = new AbortController();

async function ask() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  if (!isComplete()) return;
  try {
    const response = await fetch('/what-if', { method: 'POST', body: new URLSearchParams(new FormData(form)), signal });
    const html = await response.text();
    if (signal.aborted) return;
    if (response.ok) {
      put(html);
      showCosts();
      showBar();
      settled.start();
    } else if (response.status === 422) {
      impatient.stop();
      say(new DOMParser().parseFromString(html, 'text/html').querySelector('#refused')?.textContent ?? '');
      return;
    }
  } catch (error) {
    // Without an answer the one before stays, and says that it is of other inputs; the button asks in the usual way.
    if (error.name !== 'AbortError') return;
  }
  if (!signal.aborted) mark();
}

const rested = timer(REST, ask);

function follow({ target }) {
  settle(target);
  mark();
  if (isCurrent()) asking.abort();
  rested[isCurrent() ? 'stop' : 'start']();
}

form.addEventListener('input', follow);
along?.addEventListener('input', () => isComplete() && ask());

// The button leads to the answer, which has been made already, or is wrong about a field, which the server says best.
form.addEventListener('submit', async (event) => {
  if (!isComplete()) return;
  event.preventDefault();
  rested.stop();
  const { activeElement } = document;
  if (!isCurrent()) await ask();
  if (!isCurrent()) return form.submit();
  // Who has gone elsewhere meanwhile is left there.
  if (document.activeElement !== activeElement) return;
  outcome.tabIndex = -1;
  outcome.focus({ preventScroll: true });
  outcome.scrollIntoView({ block: 'nearest' });
});

/** Where the answer is out of sight, its value is not. */
function showBar() {
  const value = answer().querySelector('.prediction');
  bar.hidden = isInSight || !value;
  bar.textContent = value?.textContent ?? '';
}

let isInSight = true;
new IntersectionObserver(([{ isIntersecting }]) => {
  isInSight = isIntersecting;
  showBar();
}).observe(outcome);

for (const select of document.querySelectorAll('select[data-searched]')) makeSearchable(select);

// A browser that goes back, or loads the page again, may bring back what was in the fields.
window.addEventListener('pageshow', () => {
  for (const control of form.querySelectorAll('.field input:not(.slider)')) settle(control);
  mark();
  showCosts();
  if (isCurrent()) showAddress();
  else if (isComplete()) rested.start();
});
