import { once } from 'node:events';
import { Agent, request } from 'node:http';

interface Poured {
  readonly status: number;
  readonly text: string;
  /** How many bytes were sent by the time that the connection was over, or all was sent. */
  readonly sent: number;
}

const ATTEMPTS = 3;

type Headers = Readonly<Record<string, string>>;

/**
 * Sends a body piece by piece, as fast as it is taken, and goes on once it is answered, as a client does that listens to nobody. So it may
 * hear of nothing but that the connection was cut: then it tries again.
 *
 * @throws where the connection is over before there is an answer, each time
 */
export async function pour(url: string, headers: Headers, pieces: () => Iterable<Uint8Array>): Promise<Poured> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pourOnce(url, headers, pieces());
    } catch (error) {
      if (attempt === ATTEMPTS || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    }
  }
}

async function pourOnce(url: string, headers: Headers, pieces: Iterable<Uint8Array>): Promise<Poured> {
  const agent = new Agent({ keepAlive: true });
  const sending = request(url, { method: 'POST', headers, agent });
  const answer = new Promise<Omit<Poured, 'sent'>>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text })).once('error', reject);
    });
  });
  answer.catch(() => {});
  // What comes after the answer is that the connection is cut.
  sending.on('error', () => {});
  const closed = once(sending, 'close');
  let sent = 0;
  for (const piece of pieces) {
    if (sending.destroyed) break;
    sent += piece.length;
    if (!sending.write(piece)) await Promise.race([once(sending, 'drain').catch(() => {}), closed]);
  }
  sending.end();
  try {
    return { ...(await answer), sent };
  } finally {
    agent.destroy();
  }
}
