import type { NodeTypeInfo } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { emptySlots } from './credential-slots.ts';

const info = {
  credentials: [
    { name: 'auth', types: ['hubspot.oauth'], required: true },
    { name: 'proxy', types: ['http.basic'], required: false },
  ],
} as unknown as NodeTypeInfo;

describe('slots of a step', () => {
  it('are to be filled in while a required one is empty', () => {
    expect(emptySlots({ credentials: {} }, info)).toEqual(['auth']);
    expect(emptySlots({ credentials: { auth: '' } }, info)).toEqual(['auth']);
    expect(emptySlots({ credentials: { auth: 'cred_1' } }, info)).toEqual([]);
  });
  it('are none for types without credentials, and for types that are not installed', () => {
    expect(emptySlots({ credentials: {} }, { ...info, credentials: undefined } as unknown as NodeTypeInfo)).toEqual([]);
    expect(emptySlots({ credentials: {} }, undefined)).toEqual([]);
  });
});
