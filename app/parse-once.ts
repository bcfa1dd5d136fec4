// Stands before all schemas: what is parsed by one here (settings, the manifest, documents) is parsed once, and to compile it takes longer.

import { config } from 'zod';

config({ jitless: true });
