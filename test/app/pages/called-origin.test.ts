import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const served = serve(writeHouses);

/** A page as it is sent to whoever calls the service by a host. */
const page = (path: string, host: string) =>
  new Promise<string>((resolve, reject) => {
    const headers = { Host: host, Accept: 'text/html' };
    request(served.url + path, { headers }, (response) => text(response).then(resolve, reject))
      .on('error', reject)
      .end();
  });

test.each(['/?area=100&rooms=3&heating=gas', '/api'])(
  '%s has code for the host that is called, if it is one',
  async (path) => {
    expect(await page(path, 'scores.example.org:8443')).toContain(
      'curl http://scores.example.org:8443/api/v1/predictions',
    );
    expect(await page(path, '[::1]:8080')).toContain('curl http://[::1]:8080/api/v1/predictions');
    const html = await page(path, 'x;rm -r ~;');
    expect(html).toContain('curl http://localhost/api/v1/predictions');
    expect(html).not.toContain('rm -r');
  },
);
