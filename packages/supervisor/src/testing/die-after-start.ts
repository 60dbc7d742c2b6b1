/** Starts a child and is killed in the same moment, for a test of who sees it off: `die-after-start.ts <folder>`. */
import { join } from 'node:path';
import { createLogger } from '@millwright/platform';
import { ChildGroup } from '../children/child-group.ts';
import { KeptChild } from '../children/kept-child.ts';

const [folder = ''] = process.argv.slice(2);
const log = createLogger({ level: 'silent', name: 'test' });
const group = new ChildGroup(join(folder, 'children.json'), log);
const program = { name: 'sleeper', file: 'sleep', args: ['120'], env: { FOLDER: folder }, cwd: folder };
const child = new KeptChild(program, { group, log, logFile: join(folder, 'sleeper.log'), stopSignal: 'SIGTERM', graceMs: 1_000 });
void child.start();
process.kill(process.pid, 'SIGKILL');
