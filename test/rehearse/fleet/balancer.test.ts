import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Algorithm, Balancer } from './balancer.ts';

/** A balancer, and servers behind it, each healthy unless it says otherwise. */
async function behindBalancer(listeners: Record<string, RequestListener>, algorithm: Algorithm = 'round_robin') {
  const balancer = new Balancer('/readyz', algorithm);
  onTestFinished(() => balancer.close());
  const port = await balancer.listen();
  const targets: Record<string, ReturnType<Balancer['register']>> = {};
  for (const [id, listener] of Object.entries(listeners)) {
    const server = createServer((from, to) => (from.url === '/readyz' ? to.end() : listener(from, to)));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    targets[id] = balancer.register(id, { host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  }
  await expect.poll(() => Object.values(targets).every(({ state }) => state === 'healthy')).toBe(true);
  const ask = async (init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}/x`, init);
    return [response.status, await response.text()];
  };
  return { balancer, targets, ask };
}

test('requests go to healthy targets in turn, and nobody asks where there is none', async () => {
  const { balancer, targets, ask } = await behindBalancer({ a: (_, to) => to.end('a'), b: (_, to) => to.end('b') });
  const answers = [await ask(), await ask(), await ask(), await ask()].map(([, text]) => text);
  expect([answers[0] === answers[2], answers[1] === answers[3], new Set(answers).size]).toEqual([true, true, 2]);
  for (const target of Object.values(targets)) balancer.forget(target);
  expect(await ask()).toEqual([503, '<h1>503</h1>']);
  expect(balancer.record.take().map(({ outcome }) => outcome?.status)).toEqual([200, 200, 200, 200, 503]);
});

test('a target is told who asks, and what it answers comes back', async () => {
  const { ask } = await behindBalancer({
    a: (from, to) => {
      const { 'x-forwarded-for': client, 'x-forwarded-proto': scheme } = from.headers;
      from
        .setEncoding('utf8')
        .on('data', (body) => to.writeHead(201).end(`${client} ${scheme} ${from.method} ${body}`));
    },
  });
  expect(await ask({ method: 'POST', body: 'rows', headers: { 'X-Forwarded-For': '192.0.2.1' } })).toEqual([
    201,
    '192.0.2.1, 127.0.0.1 http POST rows',
  ]);
});

test('a request that its target drops is lost, is not sent again, and the record knows who held it', async () => {
  let asked = 0;
  const drop: RequestListener = (from) => {
    asked += 1;
    from.socket.destroy();
  };
  const { balancer, ask } = await behindBalancer({ a: drop });
  expect(await ask({ method: 'POST', body: 'once' })).toEqual([502, '<h1>502</h1>']);
  expect(asked).toBe(1);
  expect(balancer.record.take()).toMatchObject([
    { target: 'a', state: 'healthy', method: 'POST', outcome: { status: 502, lost: 'socket hang up' } },
  ]);
  expect(balancer.record.outstanding('a')).toBe(0);
});

test('a target that drains answers what it has, and gets nothing more', async () => {
  let release = () => {};
  const begun = Promise.withResolvers<void>();
  const { balancer, targets, ask } = await behindBalancer(
    {
      slow: (_, to) => {
        release = () => to.end('slow');
        begun.resolve();
      },
      quick: (_, to) => to.end('quick'),
    },
    'least_outstanding_requests',
  );
  const answers = [ask(), ask()];
  await begun.promise;
  targets.slow?.drain();
  expect(balancer.record.outstanding('slow')).toBe(1);
  expect([await ask(), await ask()]).toEqual(Array(2).fill([200, 'quick']));
  release();
  expect((await Promise.all(answers)).map(([, text]) => text).sort()).toEqual(['quick', 'slow']);
});
