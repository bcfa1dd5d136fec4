// A list of many levels that is searched by typing. The list itself stays in the form and holds the value; what is typed into stands in
// its place, by the ARIA pattern of a combobox with a list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/

/** So many matches are shown at a time. */
const SHOWN = 50;

/** Without accents, and whatever the case. */
const folded = (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

export function makeSearchable(select) {
  const options = [...select.options].filter(({ value }) => value !== '');
  const known = options.map((option) => ({ option, text: option.text, search: folded(option.text) }));
  const { input, list, count, box } = build(select);
  let shown = [];
  let active = -1;

  const chosenText = () => (select.value === '' ? '' : select.selectedOptions[0].text);
  const isOpen = () => !box.hidden;

  function close() {
    box.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  }

  function open(text) {
    const wanted = folded(text);
    const matches = known.filter(({ search }) => search.includes(wanted));
    // What begins so comes first.
    matches.sort((a, b) => Number(b.search.startsWith(wanted)) - Number(a.search.startsWith(wanted)));
    shown = matches.slice(0, SHOWN);
    list.replaceChildren(
      ...shown.map(({ option, text: label }, i) => itemOf(`${list.id}-${i}`, label, option.selected)),
    );
    count.textContent = countText(shown.length, matches.length);
    box.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    activate(-1);
  }

  function activate(place) {
    list.children[active]?.classList.remove('is-active');
    active = place;
    const item = list.children[active];
    if (!item) return input.removeAttribute('aria-activedescendant');
    item.classList.add('is-active');
    item.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', item.id);
  }

  function choose(option) {
    if (option) option.selected = true;
    else select.value = '';
    input.value = chosenText();
    close();
    select.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** What was typed is one of the levels, or nothing, or what was chosen before comes back. */
  function leave() {
    if (!isOpen()) return;
    const typed = folded(input.value);
    if (input.value === chosenText()) close();
    else if (typed === '') choose(undefined);
    else {
      const exact = known.find(({ search }) => search === typed);
      if (exact) choose(exact.option);
      else {
        input.value = chosenText();
        close();
      }
    }
  }

  const keys = {
    ArrowDown: () => (isOpen() ? activate(Math.min(active + 1, shown.length - 1)) : open('')),
    ArrowUp: () => (isOpen() ? activate(Math.max(active - 1, 0)) : open('')),
    Enter: () => (shown[active] ? choose(shown[active].option) : leave()),
    Escape: () => {
      input.value = chosenText();
      close();
    },
  };

  input.value = chosenText();
  input.addEventListener('input', (event) => {
    // The form hears of what is chosen, not of what is typed on the way.
    event.stopPropagation();
    open(input.value);
  });
  input.addEventListener('click', () => isOpen() || open(''));
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', leave);
  input.addEventListener('keydown', (event) => {
    const { key } = event;
    if (!(key in keys) || (!isOpen() && (key === 'Enter' || key === 'Escape'))) return;
    event.preventDefault();
    keys[key]();
  });
  // The field keeps the focus.
  box.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const item = target.closest('[role=option]');
    if (item) choose(shown[[...list.children].indexOf(item)].option);
  });
}

/** Puts a field and its list in the place of a select, which is hidden. */
function build(select) {
  const { id } = select;
  const input = document.createElement('input');
  for (const name of ['aria-describedby', 'aria-invalid']) {
    const value = select.getAttribute(name);
    if (value !== null) input.setAttribute(name, value);
  }
  const attributes = {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': `${id}-list`,
    'aria-autocomplete': 'list',
    'aria-required': 'true',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'auto',
    placeholder: select.options[0].text,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  const list = document.createElement('ul');
  list.id = `${id}-list`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-labelledby', `${id}-label`);
  const count = document.createElement('p');
  count.setAttribute('role', 'status');
  const box = document.createElement('div');
  box.className = 'levels';
  box.hidden = true;
  box.append(list, count);
  const whole = document.createElement('div');
  whole.className = 'combobox';
  select.replaceWith(whole);
  select.hidden = true;
  select.removeAttribute('id');
  input.id = id;
  whole.append(select, input, box);
  return { input, list, count, box };
}

function itemOf(id, text, isSelected) {
  const item = document.createElement('li');
  item.id = id;
  item.dir = 'auto';
  item.textContent = text;
  item.setAttribute('role', 'option');
  item.setAttribute('aria-selected', String(isSelected));
  return item;
}

function countText(shown, all) {
  if (all === 0) return 'No level is like that.';
  return all > shown ? `${shown} of ${all.toLocaleString('en')}: type on to find others.` : '';
}
