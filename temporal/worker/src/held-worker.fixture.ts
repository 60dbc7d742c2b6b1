import { createActivities } from '@millwright/temporal-activities';
import { createDataConverter } from '@millwright/temporal-client';
import { createLogger } from '@millwright/platform';
import { connectTemporal } from './connect.ts';
import { createWorkers } from './create-workers.ts';

/** A worker whose segments never return, to be killed: `node held-worker.fixture.ts <address> <namespace> <queuePrefix> <cacheDir> <keyHex>`. */
const [address = '', namespace = '', queuePrefix = '', cacheDir = '', keyHex = ''] = process.argv.slice(2);
const log = createLogger({ level: 'error', name: 'held-worker' });
const connection = await connectTemporal(address, log);
const executor = {
  runSegment: (): Promise<never> => {
    process.stdout.write('segment\n');
    return new Promise(() => undefined);
  },
};
await createWorkers({
  connection,
  namespace,
  queues: ['rt'],
  queuePrefix,
  activities: createActivities({ executor }),
  dataConverter: createDataConverter({
    keyIdFor: async (workspaceId) => `key_${workspaceId}`,
    keyFor: async () => Buffer.from(keyHex, 'hex'),
  }),
  cacheDir,
  log,
});
process.stdout.write('ready\n');
