/**
 * How the process of the server is started, by `npm start` and in the image. What requests leave behind is short-lived: half of the usual
 * young generation collects it nearly as fast, if it is as large from the beginning. In V8's mode that saves memory, what has become old is
 * collected before it has tripled. One arena of glibc's allocator gives back what a large body took; by default each thread
 * keeps its own, with all that it ever held. What has 32 KiB or more is a mapping of its own, which goes back as soon as it is free,
 * wherever it lies.
 */
export const serverProcess = {
  flags: ['--max-semi-space-size=8', '--min-semi-space-size=8', '--memory-saver-mode'],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '32768' },
} as const;
