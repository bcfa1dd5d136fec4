// The one command line program. A subcommand is a file that reads options and prints; what it does lies elsewhere, and is
// loaded when it runs; and of the commands only the one that is asked for is loaded, so that each starts at once.

import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { programFor } from './program.ts';
import { tellError } from './tell-error.ts';

// What was compiled is kept for the next command, and for the threads of this one: a third of the time of a short training.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));
enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** What a shell says of a process that SIGPIPE ended. */
const CLOSED_PIPE = 141;

// Whoever reads no further, as head does, has seen enough.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(CLOSED_PIPE);
  });

try {
  const program = await programFor(process.argv[2] ?? '');
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellError(error);
}
