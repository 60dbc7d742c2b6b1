import { readDescription } from '@millwright/openapi';
import { describe, expect, it } from 'vitest';
import { ODD_DESCRIPTIONS } from './testing/odd-descriptions.ts';
import { proveImport } from './testing/prove-import.ts';

describe('odd descriptions', () => {
  it.each(Object.entries(ODD_DESCRIPTIONS))(
    '%s: what can be sent is sent as it accepts it, and the rest is named',
    async (_what, { text, leftOut }) => {
      const proof = await proveImport(readDescription(text), 'https://api.example.com/openapi.json');
      expect(proof.faults.filter((fault) => !fault.includes(' left out: '))).toEqual([]);
      expect(proof.faults).toHaveLength(leftOut);
      expect(proof.accepted).toBe(proof.operations - leftOut);
      const [refusing, needing] = proof.refusing;
      expect(refusing).toBe(needing);
    },
  );
});
