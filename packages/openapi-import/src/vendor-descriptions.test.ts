import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDescription } from '@millwright/openapi';
import { describe, expect, it } from 'vitest';
import { proveImport } from './testing/prove-import.ts';

const specs = path.resolve(import.meta.dirname, '../../../../shared/specs');
const isThere = existsSync(specs);
if (!isThere) process.stdout.write('vendor descriptions: ../shared/specs is absent, their tests are skipped\n');

/** None of them is behind a connector of ours. */
const FILES = [
  'asana/v1',
  'discourse/latest',
  'launchdarkly/v5',
  'box/v2',
  'adyen/checkout-v71',
  'twilio/api-v2010',
  'zoom/v2',
  'notion/v1',
  'telnyx/v2',
  'netlify/v1',
  'square/v2',
  'docusign/esign-v2.1',
  'okta/management-v1',
  'discord/v10',
  'microsoft-graph/outlook-mail',
];

describe.skipIf(!isThere)('descriptions of vendors', () => {
  it.each(FILES)('%s: at least 95 % of its operations send a request that it accepts', async (file) => {
    const description = readDescription(readFileSync(path.join(specs, `${file}.json`), 'utf8'));
    const proof = await proveImport(description, 'https://api.example.com/openapi.json');
    const [refusing, needing] = proof.refusing;
    process.stdout.write(
      `import ${file}: ${proof.accepted} of ${proof.operations} operations accepted, ${refusing} of ${needing} refuse a missing parameter\n`,
    );
    expect(proof.faults.slice(0, proof.accepted >= proof.operations * 0.95 ? 0 : 10)).toEqual([]);
    expect(proof.accepted).toBeGreaterThanOrEqual(proof.operations * 0.95);
    expect(refusing).toBe(needing);
  });
});
