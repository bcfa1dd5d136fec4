import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { loadPredictor, ReleaseError } from '../ml/index.ts';
import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { drainOnSignals } from './drain.ts';

try {
  await serve();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof ReleaseError)) throw error;
  console.error(`Error: ${error.message}`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const { port, artifacts, drainSeconds } = readConfig(process.env);
  const predictor = await loadPredictor(artifacts);
  let draining = false;
  const server = createServer(createApp({ predictor, logger: pino(), isDraining: () => draining }));
  drainOnSignals(server, drainSeconds, () => {
    draining = true;
    console.log(`Draining: serving for ${drainSeconds} s more`);
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    const reasons: Record<string, string> = {
      EADDRINUSE: `port ${port} is taken. Choose another: PORT=${port + 1} npm start`,
      EACCES: `port ${port} needs more rights than this user has. Choose another: PORT=8080 npm start`,
    };
    console.error(`Error: ${reasons[error.code ?? ''] ?? error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, () => {
    const { title } = predictor.manifest.dataset;
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    console.log(`${title} (release ${predictor.release}) is at ${url}`);
  });
}
