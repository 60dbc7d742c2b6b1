import { spawn, spawnSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestCertificate } from '@millwright/testing';

/** A real IMAP server with one mailbox. */
export interface Dovecot {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const PROGRAM = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot'].find((file) => spawnSync(file, ['--version']).status === 0);
const NOBODY = 65_534;

/** Whether one can be started: Dovecot is installed, and we may start it (it changes users). */
export const hasDovecot = PROGRAM !== undefined && process.getuid?.() === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function configOf(folder: string, port: number): string {
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
auth_verbose = no
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${folder}/users
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Archive {
    auto = create
    special_use = \\Archive
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isOpen = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('dovecot does not listen');
}

/** Starts one; ada@example.com signs in with the password. */
export async function startDovecot({ key, cert }: TestCertificate, password: string): Promise<Dovecot> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mw-dovecot-'));
  spawnSync('chmod', ['755', folder]);
  const port = await freePort();
  await mkdir(path.join(folder, 'mail'));
  await chown(path.join(folder, 'mail'), NOBODY, NOBODY);
  await writeFile(path.join(folder, 'key.pem'), key);
  await writeFile(path.join(folder, 'cert.pem'), cert);
  await writeFile(path.join(folder, 'users'), `ada@example.com:${password}\n`);
  await writeFile(path.join(folder, 'dovecot.conf'), configOf(folder, port));
  const child = spawn(PROGRAM ?? 'dovecot', ['-F', '-c', path.join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  await listening(port);
  return {
    port,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
