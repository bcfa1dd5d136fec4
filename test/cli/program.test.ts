// What holds of every command, however it is called.

import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { programFor } from '../../cli/program.ts';

const every = (command: Command): Command[] => [command, ...command.commands.flatMap(every)];
const commands = every(await programFor(''));

/** Its words, as they are typed. */
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}`.trim() : '';

const named = commands.map((command) => [nameOf(command) || 'plumbline', command] as const);

/** What its --help prints on a terminal of 80 columns. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => 80,
  });
  command.outputHelp();
  return text;
}

test.each(named)('%s --help has examples', (_, command) => {
  expect(helpOf(command)).toMatch(/^Examples:\n {2}\S/m);
});

test.each(named)('the description of %s is broken by the terminal alone', (_, command) => {
  const [, description = ''] =
    /^Usage: .*\n\n([\s\S]*?)\n\n(?:Arguments|Options|Commands):/m.exec(helpOf(command)) ?? [];
  expect(description).not.toBe('');
  const lines = description.split('\n');
  for (const [i, line] of lines.slice(0, -1).entries()) {
    const next = lines[i + 1] ?? '';
    // A line whose room the next word would have filled; a paragraph may end sooner.
    if (line !== '' && next !== '')
      expect(line.length + 1 + next.split(' ', 1).join().length, line).toBeGreaterThan(80);
  }
});

test.each(named.filter(([name]) => !['plumbline', 'predict'].includes(name)))(
  '%s takes no option that it does not know',
  async (_, command) => {
    command.configureOutput({ writeErr: () => {} });
    // A command takes what is missing for an argument first.
    const args = command.registeredArguments.map(() => 'x');
    const told = command.parseAsync(['--nope', ...args], { from: 'user' });
    await expect(told).rejects.toMatchObject({
      code: expect.stringMatching(/^commander\.(unknownOption|missing|invalid)/),
      exitCode: 1,
    });
  },
);
