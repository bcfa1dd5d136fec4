// A threshold that is moved shows what it costs.

const threshold = document.querySelector('.threshold');
const slider = document.querySelector('#at-threshold');
const costs = JSON.parse(threshold?.dataset.costs ?? '[]');

export function showCosts() {
  if (!threshold) return;
  const place = Number(slider.value);
  const cost = costs[place];
  for (const [name, text] of Object.entries(cost)) threshold.querySelector(`#threshold-${name}`).textContent = text;
  const { at, flagged, precision, recall } = cost;
  slider.setAttribute('aria-valuetext', `${at}: ${flagged} of 100 flagged, precision ${precision}, recall ${recall}`);
  const { firstAbove } = threshold.querySelector('#threshold-record').dataset;
  const verdict = threshold.querySelector('#threshold-verdict');
  if (verdict) verdict.textContent = place < Number(firstAbove) ? 'flagged' : 'not flagged';
}

slider?.addEventListener('input', showCosts);
