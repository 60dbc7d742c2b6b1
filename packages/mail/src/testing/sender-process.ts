/** A process that does nothing but send: what a test kills. `argv`: database URL, name of the database. */
import { openDatabase } from '@millwright/db';
import { createMailer } from '../mailer.ts';
import { portsOf } from './stand.ts';

const [url = '', name = ''] = process.argv.slice(2);
const db = await openDatabase({ url, rolePassword: (role) => `${name}-${role}` });
createMailer(portsOf(db)).start();
process.send?.('sending');
setInterval(() => undefined, 60_000);
