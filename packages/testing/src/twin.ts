import { findFreePorts } from '@millwright/platform';
import type { Install } from './install.ts';
import { launch } from './product.ts';

/** A second server process on the databases of an install, as a second machine would be. */
export interface Twin {
  readonly url: string;
  /** Asks it to stop and waits. */
  readonly halt: () => Promise<void>;
}

/** Starts it with the settings of the install's own server, on another port. */
export async function startTwin(install: Install): Promise<Twin> {
  const [port = 0] = await findFreePorts(1);
  const child = await launch({ ...install.environmentOf('server'), MILLWRIGHT_PORT: String(port) }, []);
  return {
    url: `http://127.0.0.1:${port}`,
    halt: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
