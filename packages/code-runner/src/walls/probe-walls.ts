import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { SandboxProcess } from '../pool/sandbox-process.ts';
import type { CodeRunnerOptions, WallProbe } from '../types.ts';
import { findGround } from './ground.ts';
import { launchNode, type Ground, type NodeProgram } from './launch.ts';
import { writeGuest } from './write-guest.ts';

const probeSchema = z.object({ wall: z.string(), holds: z.boolean(), how: z.string() });
const PROBE_MS = 20_000;
const LOOP_MS = 300;

/** Starts the probing program once. @returns what it said before it ended */
async function probe(ground: Ground, program: Omit<NodeProgram, 'memoryMb' | 'file'>): Promise<readonly WallProbe[]> {
  const sandbox = new SandboxProcess(launchNode(ground, { ...program, memoryMb: LIMITS.memoryMb, file: 'probe.cjs' }));
  const said: WallProbe[] = [];
  sandbox.listen({
    onFrame: ({ body }) => {
      said.push(probeSchema.parse(JSON.parse(body.toString('utf8'))));
    },
    onExit: () => undefined,
  });
  const late = setTimeout(() => {
    sandbox.kill();
  }, PROBE_MS);
  await sandbox.gone();
  clearTimeout(late);
  return said;
}

/** A loop without end, and whether it ends when it is told to from outside. */
async function probeTime(ground: Ground): Promise<WallProbe> {
  const sandbox = new SandboxProcess(launchNode(ground, { memoryMb: LIMITS.memoryMb, file: 'probe.cjs', args: ['time'] }));
  try {
    await sandbox.ready;
    await new Promise((resolve) => {
      setTimeout(resolve, LOOP_MS);
    });
  } catch {
    return { wall: 'time', holds: false, how: 'the probe did not start' };
  }
  const wasAlive = sandbox.alive;
  const before = performance.now();
  sandbox.kill();
  await sandbox.gone();
  return { wall: 'time', holds: wasAlive, how: `an endless loop ended ${Math.round(performance.now() - before)} ms after SIGKILL` };
}

async function probeOutside(ground: Ground): Promise<readonly WallProbe[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'millwright-probe-'));
  const canary = path.join(folder, 'canary');
  await writeFile(canary, 'canary');
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    return await probe(ground, { isPermitted: false, args: ['outside', String(port), canary, String(process.pid)] });
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The walls that a process meets when Node's own permission model is gone; all of them make level L2. */
const OUTSIDE = [
  'network',
  'files',
  'read-only root',
  'environment',
  'processes',
  'other processes',
  'rights',
  'terminal',
  'temporary files',
];

const silent = (wall: string): WallProbe => ({ wall, holds: false, how: 'the probe said nothing: the sandbox did not start, or broke' });

/**
 * Tries every wall for real: starts sandboxes, and has a program in them reach for a listener, files, processes, memory and time.
 * Walls outside of Node are tried with its permission model off. Takes about a second.
 */
export async function probeWalls(options: Pick<CodeRunnerOptions, 'bwrap' | 'packagesFolder'> = {}): Promise<readonly WallProbe[]> {
  const guest = await writeGuest();
  try {
    const ground = findGround({ ...options, python: null }, guest.folder);
    const outside = await probeOutside(ground);
    const inside = await probe(ground, { args: ['permissions'] });
    const memory = await probe(ground, { isPermitted: false, args: ['memory'] });
    const said = [...outside, ...inside, ...memory];
    const found = [...OUTSIDE, 'permission model'].map((wall) => said.find((one) => one.wall === wall) ?? silent(wall));
    // A process that is killed for its memory says nothing: that is the wall.
    const ended = { wall: 'memory', holds: outside.length > 0 || inside.length > 0, how: 'the process was ended' };
    return [...found, memory[0] ?? ended, await probeTime(ground)];
  } finally {
    await guest.remove();
  }
}
