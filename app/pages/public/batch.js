// What the pages of files do beyond what they do without this: a file is sent with its progress shown, and a job is asked for how far it is.

const POLL_MS = 1000;

/** Shows why a file was not taken, as the server's own page does. */
function refuse({ detail, errors = [] }) {
  const summary = document.createElement('div');
  summary.className = 'summary';
  summary.setAttribute('role', 'alert');
  const title = document.createElement('h2');
  title.textContent = 'The file was not taken';
  const text = document.createElement('p');
  text.textContent = detail;
  summary.append(title, text);
  if (errors.length > 0) {
    const list = document.createElement('ul');
    for (const { field, detail: each } of errors.slice(0, 20)) {
      const item = document.createElement('li');
      item.textContent = field ? `${field}: ${each}` : each;
      list.append(item);
    }
    summary.append(list);
  }
  document.querySelector('#refused').replaceChildren(summary);
}

function problemIn(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    return { detail: `The server answered ${status}. Try again in a moment.` };
  }
}

function sendWithProgress(form) {
  const sending = form.querySelector('.sending');
  const status = sending.querySelector('[role=status]');
  const bar = form.querySelector('#sent');
  const submit = form.querySelector('[type=submit]');
  const abort = form.querySelector('#abort');
  let request;
  const show = (isSending) => {
    sending.hidden = !isSending;
    abort.hidden = !isSending;
    submit.disabled = isSending;
    submit.setAttribute('aria-busy', String(isSending));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    document.querySelector('#refused').replaceChildren();
    request = new XMLHttpRequest();
    request.open('POST', '/api/batch');
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      if (loaded === total) status.textContent = 'It is there, and is looked at.';
    });
    request.addEventListener('load', () => {
      const answer = problemIn(request.responseText, request.status);
      if (request.status === 202) {
        location.assign(`/batch/${answer.id}`);
        return;
      }
      show(false);
      refuse(answer);
    });
    request.addEventListener('error', () => {
      show(false);
      refuse({ detail: 'The connection broke off. Send the file again.' });
    });
    request.addEventListener('abort', () => show(false));
    bar.value = 0;
    status.textContent = '';
    const body = new FormData(form);
    show(true);
    request.send(body);
  });
  abort.addEventListener('click', () => request?.abort());
  // A browser that comes back shows the page as it was left.
  window.addEventListener('pageshow', () => show(false));
}

async function follow(id) {
  const bar = document.querySelector('#progress');
  const text = document.querySelector('#progress-text');
  const badge = document.querySelector('.badge');
  const say = saying(document.querySelector('#progress-spoken'));
  const rows = new Intl.NumberFormat('en');
  let wait = POLL_MS;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = POLL_MS;
    const response = await fetch(`/api/v1/batch/${id}`).catch(() => undefined);
    // A server that starts again knows it still, and one that is asked too often says when to ask again.
    if (response === undefined || response.status >= 500 || response.status === 429) {
      wait = Math.max(POLL_MS, 1000 * Number(response?.headers.get('Retry-After') ?? 0));
      continue;
    }
    const job = response.ok ? await response.json() : undefined;
    if (job?.status !== 'waiting' && job?.status !== 'running') {
      location.reload();
      return;
    }
    if (job.status === 'waiting') continue;
    const running = `Running: ${rows.format(job.progress.rows)} ${job.progress.rows === 1 ? 'row' : 'rows'} so far`;
    badge.textContent = running;
    const { share } = job.progress;
    const percent = Math.floor(100 * (share ?? 0));
    if (share !== null) bar.value = percent;
    text.textContent = share === null ? running : `${percent} %`;
    say(percent);
  }
}

/** What tells a screen reader that a job runs, and each quarter of it: all that changes once a second would be too much. */
function saying(element) {
  let said = -1;
  return (percent) => {
    const quarters = Math.floor(percent / 25);
    if (quarters <= said) return;
    said = quarters;
    element.textContent = quarters === 0 ? 'Running' : `${25 * quarters} %`;
  };
}

const form = document.querySelector('#upload');
if (form) sendWithProgress(form);
const id = document.querySelector('#job')?.dataset.job;
if (id) void follow(id);
