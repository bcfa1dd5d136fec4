#!/usr/bin/env node

// Stands for GitHub's command line: writes down what it is asked, and answers as a repository would that has
// no environment until it is given one.

import { appendFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type Call, readCalls } from './gh-calls.ts';

const record = process.env.GH_DOUBLE_RECORD ?? '';
const before = readCalls(record);
// Not in sync: a pipe on which nothing has come yet would end that.
const call: Call = { args: process.argv.slice(2), input: await text(process.stdin) };
appendFileSync(record, `${JSON.stringify(call)}\n`);

const [command, path = ''] = call.args;
if (command === 'api' && call.args.length === 2) console.log(JSON.stringify(answer()));

function answer(): unknown {
  const asked = (method: string) => before.some(({ args }) => args[1] === '--method' && args[2] === method);
  if (path.endsWith('/deployment-branch-policies')) return { branch_policies: asked('POST') ? [{ name: 'main' }] : [] };
  const restricted = { protected_branches: false, custom_branch_policies: true };
  const production = { name: 'production', protection_rules: [], deployment_branch_policy: restricted };
  return { environments: asked('PUT') ? [production] : [] };
}
