import { expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const served = serve(writeHouses, { jobLimits: { waiting: 1 } });
const csv = 'area,rooms,heating\n50,2,gas\n';
const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (rows: string) => `--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${rows}`;
const end = '\r\n--x--\r\n';

async function send(body: string): Promise<number> {
  const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
  const response = await fetch(`${served.url}/api/batch`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

const refused = {
  'a field that is too long': part('interval', 'true'.repeat(100)),
  'a field that is there twice': part('interval', 'true').repeat(2),
  'too many fields': Array.from({ length: 12 }, (_, i) => part(`field${i}`, 'a')).join(''),
};

// Only one place for files: what hangs keeps it.
test.each(Object.entries(refused))('%s is refused, however much of the file behind it comes', async (_, before) => {
  for (const rest of [csv + end, csv, 'area', '', `${csv}\r\n-`]) expect(await send(before + file(rest))).toBe(400);
  for (const rest of [csv + end, csv]) expect(await send(file(csv) + end.slice(0, 2) + before + file(rest))).toBe(400);
  // There is room for the next one.
  expect(await send(file('other\n1\n') + end)).toBe(422);
});
