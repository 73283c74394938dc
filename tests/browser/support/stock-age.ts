import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Runs a shell command on a terminal of its own and types a line into it: `age` reads passphrases from terminals only. */
export async function onTerminal(command: string, typed: string, folder: string): Promise<number> {
  const script = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(script, 'exit');
  // age empties the terminal's input when it asks, so the answer must not come too early.
  await wait(1500);
  script.stdin.write(`${typed}\n`);
  const [code] = (await ended) as [number];
  return code;
}

/** Opens an entry of an exported case with the two `age` commands of docs/recipients.md. */
export async function openWithStockAge(folder: string, key: string, entry: string): Promise<string> {
  const run = promisify(execFile);
  const grant = await run('age', ['-d', '-i', key, join(folder, 'grant.age')]);
  const caseKey = join(folder, 'case.key');
  await writeFile(caseKey, grant.stdout, { mode: 0o600 });
  return (await run('age', ['-d', '-i', caseKey, join(folder, `${entry}.age`)])).stdout;
}
