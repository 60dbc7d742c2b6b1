import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesOf, startInstall, temporaryFolder, until, untilNothingRuns } from './testing/fixture.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const pid of await processesOf(folder.path)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went by itself meanwhile.
    }
  }
  await untilNothingRuns(folder.path);
  await folder.remove();
});

type Pids = Readonly<Record<'postgres' | 'temporal' | 'server', number>>;

async function readyInstall(dataDir: string, env?: Readonly<Record<string, string>>) {
  const install = await startInstall(dataDir, env);
  const { pids, url } = (await install.said('pids')) as { pids: Pids; url: string };
  return { ...install, pids, url };
}

async function askServer(url: string): Promise<Record<string, string | number>> {
  return (await (await fetch(url)).json()) as Record<string, string | number>;
}

describe('an install', () => {
  it('starts from an empty folder, tells the server where everything is, and ends without an orphan on Ctrl-C', async () => {
    const install = await readyInstall(folder.path);
    expect(await askServer(install.url)).toMatchObject({
      MILLWRIGHT_ROLE: 'all',
      MILLWRIGHT_DATA: folder.path,
      MILLWRIGHT_WEB_DIST: '/nowhere',
    });
    install.process.kill('SIGINT');
    expect(await install.exited).toBe(0);
    expect(await untilNothingRuns(folder.path)).toEqual([]);
  });

  it('is gone soon after its supervisor was killed outright, and starts again from what is left', async () => {
    const install = await readyInstall(folder.path);
    install.process.kill('SIGKILL');
    await untilNothingRuns(folder.path);
    const second = await readyInstall(folder.path);
    second.process.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });
});

describe('a supervisor that is killed', () => {
  it('ends a server that does not listen, without leaving the databases', async () => {
    const install = await readyInstall(folder.path, { FAKE_SERVER: 'stubborn' });
    install.process.kill('SIGKILL');
    expect(await untilNothingRuns(folder.path)).toEqual([]);
  });

  it.each(['Making the database', 'Starting the database', 'Starting Temporal', 'Starting the server'])(
    'leaves no orphan when it dies while "%s"',
    async (stage) => {
      const install = await startInstall(folder.path);
      await install.said('stage', stage);
      await sleep(Math.random() * 200);
      install.process.kill('SIGKILL');
      expect(await untilNothingRuns(folder.path)).toEqual([]);
    },
  );

  it('begins again where a first start died half-way', async () => {
    const install = await startInstall(folder.path);
    await install.said('stage', 'Starting Temporal');
    await sleep(300);
    install.process.kill('SIGKILL');
    await untilNothingRuns(folder.path);
    const second = await readyInstall(folder.path);
    second.process.kill('SIGINT');
    expect(await second.exited).toBe(0);
  });
});

describe('a child', () => {
  it('that was started in the moment in which its supervisor was killed is seen off', async () => {
    const script = fileURLToPath(new URL('./testing/die-after-start.ts', import.meta.url));
    const supervisor = spawn(process.execPath, [script, folder.path], { stdio: 'ignore' });
    await once(supervisor, 'exit');
    expect(await untilNothingRuns(folder.path)).toEqual([]);
  });
});

describe('a running install', () => {
  it('is stopped again when the server says that it cannot start, and passes on its words', async () => {
    const install = await startInstall(folder.path, { FAKE_SERVER: 'fails' });
    expect(await install.said('failed')).toEqual({ failed: 'The migration 0007 failed.' });
    expect(await install.exited).toBe(1);
    expect(await untilNothingRuns(folder.path)).toEqual([]);
  });

  it('starts a killed child again', async () => {
    const install = await readyInstall(folder.path);
    const recorded = async (): Promise<Partial<Pids>> => {
      const children = JSON.parse(await readFile(join(folder.path, 'children.json'), 'utf8')) as { name: string; pid: number }[];
      return Object.fromEntries(children.map(({ name, pid }) => [name, pid]));
    };
    for (const name of ['temporal', 'server', 'postgres'] as const) {
      process.kill(install.pids[name], 'SIGKILL');
      await until(async () => ![undefined, install.pids[name]].includes((await recorded())[name]), 40_000, `${name} runs again`);
    }
    await until(
      async () =>
        askServer(install.url).then(
          ({ pid }) => pid !== install.pids.server,
          () => false,
        ),
      40_000,
      'the server answers again',
    );
    install.process.kill('SIGINT');
    expect(await install.exited).toBe(0);
  });
});

describe('a second start', () => {
  it('in the same folder is refused and names the address of the first', async () => {
    const install = await readyInstall(folder.path);
    const second = await startInstall(folder.path, {}, install.port);
    expect((await second.said('failed'))['failed']).toContain(`http://127.0.0.1:${install.port}`);
    expect(await second.exited).toBe(1);
    install.process.kill('SIGINT');
    await install.exited;
  });

  it('lives beside the first in another folder', async () => {
    const other = await temporaryFolder();
    const installs = await Promise.all([readyInstall(folder.path), readyInstall(other.path)]);
    const [one, two] = await Promise.all(installs.map(async ({ url }) => askServer(url)));
    expect(one?.['TEMPORAL_ADDRESS']).not.toBe(two?.['TEMPORAL_ADDRESS']);
    expect(one?.['DATABASE_URL']).not.toBe(two?.['DATABASE_URL']);
    for (const { process: supervisor } of installs) supervisor.kill('SIGINT');
    expect(await Promise.all(installs.map(async ({ exited }) => exited))).toEqual([0, 0]);
    await untilNothingRuns(other.path);
    await other.remove();
  });
});

describe('a start that cannot be', () => {
  it('names the taken port and another one', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const install = await startInstall(folder.path, {}, port);
    expect((await install.said('failed'))['failed']).toBe(`Port ${port} is taken by another program.`);
    taken.close();
  });

  it('says so when the data folder lies under a file', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    const install = await startInstall(join(file, 'data'));
    expect((await install.said('failed'))['failed']).toContain('cannot be used: part of that path is a file');
  });

  it('says so when the data folder cannot be written', async () => {
    const install = await startInstall('/proc/millwright');
    expect((await install.said('failed'))['failed']).toContain('/proc/millwright cannot be used');
  });
});
