import { useEffect } from 'react';
import { z } from 'zod';
import { recall, remember } from '../../../api/device-memory.ts';
import { useSession } from '../../../api/session.ts';
import { type Keymap, keymapStore, STANDARD_KEYMAP } from '../../core/actions/keymap.ts';

const keymapSchema = z.object({ keys: z.record(z.string(), z.string().nullable()), hasLetters: z.boolean() });

function read(text: string | null): Keymap {
  try {
    const parsed = keymapSchema.safeParse(JSON.parse(text ?? 'null'));
    return parsed.success ? parsed.data : STANDARD_KEYMAP;
  } catch {
    return STANDARD_KEYMAP;
  }
}

/** Loads the shortcuts that the person changed on this device, and keeps what she changes. */
export function useKeymapMemory(): void {
  const name = `keymap.${useSession().user.id}`;
  useEffect(() => {
    keymapStore.setState(read(recall(name)), true);
    return keymapStore.subscribe((keymap) => remember(name, JSON.stringify(keymap)));
  }, [name]);
}
