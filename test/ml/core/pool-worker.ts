// A thread of the tests: it answers, tells, waits, throws, or ends, as it is told.

import { serveTasks } from '../../../ml/core/serve-tasks.ts';

serveTasks<string, string>((common) => async (task, note) => {
  if (task === 'throw') throw new Error('as it was told');
  if (task === 'end') process.exit(7);
  note(`begins ${task}`);
  if (task === 'wait') await new Promise((resolve) => setTimeout(resolve, 1e9));
  if (task === 'loop') for (;;);
  return `${common}: ${task}`;
});
