import { spawn } from 'node:child_process';
import path from 'node:path';

/** Runs a program of this folder in a process of its own: an order as its argument, its report from what it prints. */
export async function runProgram<Report>(file: string, order: object): Promise<Report> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, file), JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return JSON.parse(text) as Report;
}
