import type { ConnectorChangesView } from '@millwright/contracts';
import { describe, expect, it } from 'vitest';
import { hostsNeeded } from './hosts-needed.ts';

const part = { title: 'T', kind: 'added' as const, what: [] };
const changes: ConnectorChangesView = {
  operations: [
    { ...part, operation: 'GET /a' },
    { ...part, operation: 'GET /b', newHost: 'files.example.com' },
  ],
  hostsAdded: ['api.example.com', 'files.example.com'],
  hostsRemoved: [],
  signInAdded: [],
  signInRemoved: [],
  isReworded: false,
};

describe('new hosts that have to be confirmed', () => {
  it('are those of the connector, and those that chosen operations have of their own', () => {
    expect(hostsNeeded(changes, new Set(['GET /a']))).toEqual(['api.example.com']);
    expect(hostsNeeded(changes, new Set(['GET /a', 'GET /b']))).toEqual(['api.example.com', 'files.example.com']);
  });
});
