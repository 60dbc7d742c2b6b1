import { describe, expect, it } from 'vitest';
import { WaitingLine } from './waiting-line.ts';

describe('those who wait for a process', () => {
  it('go in order within a workspace, and workspaces in turn', async () => {
    const line = new WaitingLine<string>();
    let free = 0;
    const order: string[] = [];
    const wait = async (workspaceId: string, name: string): Promise<void> => {
      order.push(
        await line.wait(
          workspaceId,
          () => {
            if (free === 0) return undefined;
            free -= 1;
            return name;
          },
          undefined,
        ),
      );
    };
    const all = ['a1', 'a2', 'a3'].map(async (name) => wait('a', name));
    all.push(wait('b', 'b1'), wait('b', 'b2'));
    for (let count = 0; count < 5; count++) {
      free += 1;
      line.serve();
    }
    await Promise.all(all);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
  });

  it('are refused when the line closes', async () => {
    const line = new WaitingLine<string>();
    const waiting = line.wait('a', () => undefined, undefined);
    line.close(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
  });
});
