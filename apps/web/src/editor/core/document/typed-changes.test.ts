import { describe, expect, it } from 'vitest';
import { readTypedChanges } from './typed-changes.ts';

describe('text that a device kept', () => {
  it('is read as the changes that it will be', () => {
    const kept = [
      { kind: 'setParameter', nodeId: 'a', key: 'url', value: 'https://example.com' },
      { kind: 'setNodeSetting', nodeId: 'a', key: 'notes', value: 'x' },
      { kind: 'renameNode', nodeId: 'a', name: 'A' },
      { kind: 'setWorkflowSetting', key: 'timezone', value: 'UTC' },
      { kind: 'renameWorkflow', name: 'W' },
    ];
    expect(readTypedChanges(kept)).toEqual(kept);
    expect(readTypedChanges([{ kind: 'setParameter', nodeId: 'a', key: 'url' }])).toEqual([
      { kind: 'setParameter', nodeId: 'a', key: 'url', value: undefined },
    ]);
  });

  it('is never anything but text of a field', () => {
    expect(readTypedChanges([{ kind: 'removeNode', nodeId: 'a' }, null, 'x', { kind: 'renameNode', nodeId: 'a', name: '' }])).toEqual([]);
    expect(readTypedChanges('garbage')).toEqual([]);
    expect(readTypedChanges([{ kind: 'setNodeSetting', nodeId: 'a', key: '__proto__', value: 1 }])).toEqual([]);
  });
});
