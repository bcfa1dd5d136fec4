import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { LazyListener } from '../../app/lazy-listener.ts';

const [request, response] = [{} as IncomingMessage, {} as ServerResponse];

test('it is made by the first request, once, and takes those that came meanwhile', async () => {
  let made = 0;
  const taken: unknown[] = [];
  const lazy = new LazyListener(
    async () => {
      made += 1;
      return (each) => void taken.push(each);
    },
    () => taken.push('error'),
  );
  expect(made).toBe(0);
  lazy.listener(request, response);
  lazy.listener(request, response);
  await lazy.load();
  lazy.listener(request, response);
  expect(taken).toEqual([request, request, request]);
  expect(made).toBe(1);
});

test('a request that comes while it cannot be made is told, and the next one tries again', async () => {
  let isBroken = true;
  const told: unknown[] = [];
  const lazy = new LazyListener(
    async () => {
      if (isBroken) throw new Error('no such file');
      return () => void told.push('taken');
    },
    (error) => told.push((error as Error).message),
  );
  lazy.listener(request, response);
  await expect(lazy.load()).rejects.toThrow('no such file');
  isBroken = false;
  lazy.listener(request, response);
  await lazy.load();
  expect(told).toEqual(['no such file', 'taken']);
});
