import { describe, expect, it } from 'vitest';
import { deviceOf } from './use-pointer-feel.ts';

const turn = (parts: Partial<Parameters<typeof deviceOf>[0]>) =>
  deviceOf({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, ...parts });

describe('the first turn of a wheel', () => {
  it('in whole notches or lines is a mouse', () => {
    expect(turn({ deltaY: 100, wheelDeltaY: -120 })).toBe('mouse');
    expect(turn({ deltaY: 120, wheelDeltaY: -240 })).toBe('mouse');
    expect(turn({ deltaY: 3, deltaMode: 1 })).toBe('mouse');
  });

  it('sideways, in fractions, or three to one is a trackpad', () => {
    expect(turn({ deltaX: 4, deltaY: 120, wheelDeltaY: -120 })).toBe('trackpad');
    expect(turn({ deltaY: 12.5, wheelDeltaY: -37 })).toBe('trackpad');
    expect(turn({ deltaY: 40, wheelDeltaY: -120 })).toBe('trackpad');
    expect(turn({ deltaY: 12, wheelDeltaY: -12 })).toBe('trackpad');
  });

  it('with Ctrl or ⌘, which pinching looks like, says nothing', () => {
    expect(turn({ deltaY: 100, wheelDeltaY: -120, ctrlKey: true })).toBeNull();
    expect(turn({ deltaY: 100, wheelDeltaY: -120, metaKey: true })).toBeNull();
  });
});
