// The commands of a fenced block of shell.

import { spawnSync } from 'node:child_process';
import { type Block, blocksOf } from './markdown.ts';

export interface Command {
  readonly document: string;
  /** Of its first line in the document, from 1. */
  readonly line: number;
  /** As the document has it, with its comment; several lines where it goes on. */
  readonly text: string;
  readonly mark: string | undefined;
}

/** The commands of a block, one after the other; a line that bash would wait to be continued takes the next ones in. */
export function commandsOf({ document, line, text, mark }: Block): Command[] {
  const commands: Command[] = [];
  let begun: string[] = [];
  for (const [i, next] of text.split('\n').entries()) {
    if (begun.length === 0 && /^\s*(?:#|$)/.test(next)) continue;
    begun.push(next);
    const command = begun.join('\n');
    if (next.endsWith('\\') || spawnSync('bash', ['-n', '-c', command]).status !== 0) continue;
    commands.push({ document, line: line + i + 1 - begun.length, text: command, mark });
    begun = [];
  }
  if (begun.length > 0) throw new Error(`${document}:${line}: bash cannot read ${begun.join('\n')}`);
  return commands;
}

export const commandsIn = (document: string) =>
  blocksOf(document)
    .filter(({ language }) => language === 'sh')
    .flatMap(commandsOf);

/** The simple commands of a line of shell, each as its words; what is substituted ($(…)) stays one word. */
export function simpleCommands(text: string): string[][] {
  const words = text.replaceAll('\\\n', ' ').matchAll(/"\$\([\s\S]*\)"|"[^"]*"|'[^']*'|#.*|&&|[;|()]|[^\s;|()&]+/g);
  const commands: string[][] = [[]];
  for (const [word] of words) {
    if (/^(?:&&|[;|()])$/.test(word)) commands.push([]);
    else if (!word.startsWith('#')) commands.at(-1)?.push(word);
  }
  return commands.filter((command) => command.length > 0);
}
