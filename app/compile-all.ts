// Run while an image is built: loads all that a server takes, and compiles its templates, so that Node keeps the code.

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { compileView } from './pages/compile-view.ts';
import './parse-once.ts';
import './app.ts';
import './config.ts';
import './routes.ts';
import './open-gate.ts';
import './jobs/jobs.ts';
import './jobs/receive-batch.ts';
import './jobs/multipart.ts';
import './log/logger.ts';
import './metrics/prometheus.ts';
import './metrics/metrics-server.ts';
import './predictions/pool.ts';
import './reload/reloader.ts';

for (const file of readdirSync(new URL('pages/views', import.meta.url))) compileView(basename(file, '.pug'));
