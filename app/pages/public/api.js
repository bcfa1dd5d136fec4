// Tries calls of the API from its page: each form sends the request that it describes, and shows it with its answer.

/** More of an answer would make the page slow. */
const LONGEST = 100_000;

const key = document.querySelector('#api-key');
key?.form.addEventListener('submit', (event) => event.preventDefault());

for (const form of document.querySelectorAll('.try form')) {
  const type = form.querySelector('[data-type]');
  const body = form.querySelector('[data-body]');
  const file = form.querySelector('input[type=file]');
  form.querySelector('button').disabled = false;
  type?.addEventListener('change', showBody);
  if (type) showBody();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });

  /** A type without an example is a file. */
  function showBody() {
    const { example, file: isFile } = type.selectedOptions[0].dataset;
    body.hidden = isFile !== undefined;
    file.hidden = isFile === undefined;
    if (isFile === undefined && (body.value === '' || isExample(body.value))) body.value = example;
  }

  function isExample(text) {
    return [...type.options].some((option) => option.dataset.example === text);
  }
}

async function send(form) {
  const button = form.querySelector('button');
  button.setAttribute('aria-busy', 'true');
  const { url, init } = requestOf(form);
  const sent = [`${init.method} ${url}`, ...headerLines(Object.entries(init.headers), hiddenKey)].join('\n');
  const start = performance.now();
  try {
    const response = await fetch(url, init);
    const text = await response.text();
    const ms = Math.round(performance.now() - start);
    show(form, [
      ['Request', sent],
      [`Answer: ${response.status} ${response.statusText}, ${ms} ms`, headerLines([...response.headers]).join('\n')],
      ['Answer body', shown(text, response.headers.get('Content-Type') ?? '')],
    ]);
  } catch (error) {
    show(form, [
      ['Request', sent],
      ['No answer', String(error)],
    ]);
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function requestOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll('[data-in]')) {
    if (field.dataset.in === 'path') path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    else if (field.value !== '') query.set(field.name, field.value);
  }
  const type = form.querySelector('[data-type]');
  const file = form.querySelector('input[type=file]');
  const headers = {};
  let body;
  if (type) {
    headers['Content-Type'] = type.value;
    body = file.hidden ? form.querySelector('[data-body]').value : file.files[0];
    if (type.value === 'multipart/form-data') {
      // The browser names the boundary.
      delete headers['Content-Type'];
      const data = new FormData();
      if (body) data.set('file', body);
      body = data;
    }
  }
  if (key?.value) headers.Authorization = `Bearer ${key.value.trim()}`;
  const url = query.size > 0 ? `${path}?${query}` : path;
  return { url, init: { method: form.dataset.method, headers, body } };
}

const headerLines = (headers, change = (_name, value) => value) =>
  headers.map(([name, value]) => `${name}: ${change(name, value)}`);

/** A key is not shown to whoever looks over a shoulder. */
const hiddenKey = (name, value) => (name === 'Authorization' ? 'Bearer …' : value);

function shown(text, type) {
  let told = text;
  if (/json\b/.test(type) && !type.includes('ndjson')) {
    try {
      told = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // It is shown as it came.
    }
  }
  return told.length > LONGEST ? `${told.slice(0, LONGEST)}\n… ${told.length - LONGEST} more characters` : told;
}

function show(form, parts) {
  const answer = form.parentElement.querySelector('.answer');
  answer.replaceChildren(
    ...parts.flatMap(([title, text]) => {
      const heading = document.createElement('h4');
      heading.textContent = title;
      const pre = document.createElement('pre');
      pre.tabIndex = 0;
      pre.setAttribute('role', 'group');
      pre.setAttribute('aria-label', title);
      const code = document.createElement('code');
      code.textContent = text;
      pre.append(code);
      return [heading, pre];
    }),
  );
}
