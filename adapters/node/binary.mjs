// Where the runner is.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** There is no ebmcheck to run; the message says how to come by one. */
export class NoBinary extends Error {}

/**
 * The path of the command: $EBMCHECK; or ebmcheck on PATH; or what go builds, once a
 * process, of the checkout in which the current folder or this file is.
 */
export function find() {
  const named = process.env.EBMCHECK;
  if (named) {
    const found = which(named);
    if (!found) throw new NoBinary(`EBMCHECK=${named} is no program that can be run: want the path of ebmcheck`);
    return found;
  }
  const found = which('ebmcheck');
  if (found) return found;
  const source = checkout(process.cwd()) ?? checkout(path.dirname(fileURLToPath(import.meta.url)));
  if (source && which('go')) return built(source);
  throw new NoBinary(`there is no ebmcheck to run: looked at $EBMCHECK, on PATH, and for a checkout above ${process.cwd()}${source ? ' (there is one, but no go to build it)' : ''}.
Build it in a checkout, with Go 1.26:  go build -o ebmcheck .
and name it:                           export EBMCHECK=/path/to/ebmcheck`);
}

function which(name) {
  const folders = name.includes(path.sep) ? [''] : (process.env.PATH ?? '').split(path.delimiter);
  const endings = process.platform === 'win32' ? ['', '.exe'] : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.resolve(folder, name + ending);
      try {
        fs.accessSync(file, fs.constants.X_OK);
        if (fs.statSync(file).isFile()) return file;
      } catch {} // not here
    }
  }
  return undefined;
}

function checkout(folder) {
  for (; ; folder = path.dirname(folder)) {
    try {
      if (/^module\s+ebmcheck\s/.test(fs.readFileSync(path.join(folder, 'go.mod'), 'utf8'))) return folder;
    } catch {} // not here
    if (folder === path.dirname(folder)) return undefined;
  }
}

const builds = new Map(); // by the checkout

function built(source) {
  if (builds.has(source)) return builds.get(source);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ebmcheck-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, process.platform === 'win32' ? 'ebmcheck.exe' : 'ebmcheck');
  const done = spawnSync('go', ['build', '-o', file, '.'], { cwd: source, encoding: 'utf8' });
  if (done.status !== 0) throw new NoBinary(`go build in ${source} failed:\n${done.stderr}`);
  builds.set(source, file);
  return file;
}
