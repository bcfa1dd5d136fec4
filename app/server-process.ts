/**
 * How the process of the server is started, by `npm start` and in the image. What requests leave behind is short-lived: a small young
 * generation collects it as well, and is a tenth of the memory. Of glibc's allocator one arena, which gives back what a large body took:
 * by default each thread keeps its own, and what it held once.
 */
export const serverProcess = {
  flags: ['--max-semi-space-size=2'],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' },
} as const;
