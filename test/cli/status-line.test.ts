import { expect, test } from 'vitest';
import { StatusLine } from '../../cli/status-line.ts';

function written(isTTY: boolean, columns = 12, rows = 24) {
  let now = 0;
  let text = '';
  const output = {
    isTTY,
    columns,
    rows,
    write: (more: string) => {
      text += more;
    },
  };
  const line = new StatusLine(output, () => now);
  return { line, at: (ms: number) => (now = ms), text: () => text };
}

test('on a terminal one line is written over, at most ten times a second, and never wraps', () => {
  const { line, at, text } = written(true);
  for (let ms = 100; ms < 400; ms += 10) {
    at(ms);
    line.show(`fold ${ms} of many`);
  }
  expect(text()).toBe('\r\x1b[Kfold 100 of\r\x1b[Kfold 200 of\r\x1b[Kfold 300 of');
  line.print('done');
  line.clear();
  expect(text().endsWith('of\r\x1b[Kdone\n')).toBe(true);
});

test('elsewhere a line appears at least every two seconds, where progress comes a few times a second', () => {
  const { line, at, text } = written(false);
  for (let ms = 250; ms <= 6000; ms += 250) {
    at(ms);
    if (ms === 4000) line.print('four');
    else line.show(`at ${ms}`);
  }
  line.clear();
  expect(text()).toBe('at 1500\nat 3000\nfour\nat 5500\n');
});

test('on a terminal details stand above the line, as far as there is room, and are written over with it', () => {
  const { line, at, text } = written(true, 12, 4);
  at(100);
  line.show('3 of 9', ['first', 'a second one is longer', 'no room']);
  expect(text()).toBe('\r\x1b[Kfirst\na second on\n3 of 9');
  at(200);
  line.show('4 of 9');
  expect(text().endsWith('3 of 9\r\x1b[2A\x1b[J4 of 9')).toBe(true);
  line.print('done');
  expect(text().endsWith('4 of 9\r\x1b[Kdone\n')).toBe(true);
});

test('a terminal that does not say how wide it is gets whole lines', () => {
  const { line, at, text } = written(true, 0);
  at(100);
  line.show('fold 1 of 5');
  expect(text()).toBe('\r\x1b[Kfold 1 of 5');
});
