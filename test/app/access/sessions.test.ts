import { expect, test } from 'vitest';
import { tokenIn } from '../../../app/access/session-cookie.ts';
import { SESSION_SECONDS, Sessions } from '../../../app/access/sessions.ts';

test('a session ends by itself', () => {
  let now = 0;
  const sessions = new Sessions(() => now);
  const token = sessions.begin('a');
  now = 1000 * SESSION_SECONDS - 1;
  expect(sessions.keyIdOf(token)).toBe('a');
  now += 1;
  expect(sessions.keyIdOf(token)).toBeUndefined();
});

test('each has a token of its own, and ends alone', () => {
  const sessions = new Sessions();
  const [one, other] = [sessions.begin('a'), sessions.begin('a')];
  expect(one).not.toBe(other);
  sessions.end(one);
  expect(sessions.keyIdOf(one)).toBeUndefined();
  expect(sessions.keyIdOf(other)).toBe('a');
});

test('ten thousand are kept, and the oldest give way', () => {
  const sessions = new Sessions();
  const tokens = Array.from({ length: 10_002 }, (_, i) => sessions.begin(String(i)));
  expect(tokens.slice(0, 4).map((token) => sessions.keyIdOf(token))).toEqual([undefined, undefined, '2', '3']);
  expect(sessions.keyIdOf(tokens.at(-1) as string)).toBe('10001');
});

test.each([
  [undefined, undefined, undefined],
  ['', undefined, undefined],
  ['a=1; plumbline-session=token', 'token', undefined],
  ['a=1;__Host-plumbline-session=token', undefined, 'token'],
  ['plumbline-session=one; __Host-plumbline-session=two', 'one', 'two'],
  ['__Host-plumbline-session=two; plumbline-session=one', 'one', 'two'],
  ['xplumbline-session=token', undefined, undefined],
  ['a=plumbline-session=token', undefined, undefined],
  ['plumbline-session="token"', undefined, undefined],
])('of %j the token is %j, and over HTTPS %j', (cookies, token, secure) => {
  expect(tokenIn(cookies, false)).toBe(token);
  expect(tokenIn(cookies, true)).toBe(secure);
});
