import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasRadicale as findsRadicale, radicaleEnv } from '@millwright/testing';

/** A real CalDAV server with one calendar of ada's. */
export interface Radicale {
  /** `http://127.0.0.1:port/` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Whether Python finds it. */
export const hasRadicale = findsRadicale();

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts one; ada signs in with the password. */
export async function startRadicale(password: string): Promise<Radicale> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mw-radicale-'));
  const port = await freePort();
  await writeFile(path.join(folder, 'users'), `ada:${password}\n`);
  await mkdir(path.join(folder, 'data'));
  const config = `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = ${folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = ${folder}/data\n`;
  await writeFile(path.join(folder, 'config'), config);
  const child = spawn('python3', ['-m', 'radicale', '--config', path.join(folder, 'config')], { stdio: 'ignore', env: radicaleEnv() });
  const url = `http://127.0.0.1:${port}/`;
  const authorization = `Basic ${Buffer.from(`ada:${password}`).toString('base64')}`;
  const make = () =>
    fetch(`${url}ada/team/`, { method: 'MKCALENDAR', headers: { authorization } }).then(
      ({ status }) => status,
      () => 0,
    );
  for (let tries = 0, status = 0; status !== 201; tries++) {
    if (tries === 200) throw new Error(`radicale does not answer: ${String(status)}`);
    status = await make();
    if (status !== 201) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
