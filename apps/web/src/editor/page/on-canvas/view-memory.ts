import { useEffect } from 'react';
import { z } from 'zod';
import { recall, remember } from '../../../api/device-memory.ts';
import { useSession } from '../../../api/session.ts';
import { showToast } from '../../../ui/layers/toast.tsx';
import type { InterfaceState, PointerFeel } from '../../core/state/interface-store.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

const personSchema = z.object({
  isMinimapOpen: z.boolean().nullable().catch(null),
  pointerFeel: z.enum(['mouse', 'trackpad']).nullable().catch(null),
});

const workflowSchema = z.object({
  drawer: z.enum(['data', 'problems', 'runs']).nullable().catch(null),
  isInspectorOpen: z.boolean().catch(true),
  collapsed: z
    .array(z.tuple([z.string().max(64), z.boolean()]))
    .max(1000)
    .catch([]),
});

function read<T>(name: string, schema: z.ZodType<T>): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(recall(name) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function ofPerson({ isMinimapOpen, pointerFeel }: InterfaceState) {
  return { isMinimapOpen, pointerFeel };
}

function ofWorkflow({ drawer, isInspectorOpen, collapsed }: InterfaceState) {
  return { drawer, isInspectorOpen, collapsed: [...collapsed] };
}

const OF_WORKFLOW = ['drawer', 'isInspectorOpen', 'collapsed'] as const satisfies readonly (keyof InterfaceState)[];

/**
 * Remembers on this device how a person looks at workflows (minimap, mouse or trackpad), and at this one (panels, collapsed sections);
 * a workflow and its runs share that.
 */
function useMemory(): void {
  const { ui, workflowId } = useEditor();
  const userId = useSession().user.id;
  useEffect(() => {
    const person = `view.${userId}`;
    const workflow = `view.${userId}.${workflowId.split('.')[0] ?? ''}`;
    const kept = read(workflow, workflowSchema);
    ui.setState({ ...read(person, personSchema), ...kept, collapsed: new Map(kept?.collapsed ?? []) });
    return ui.subscribe((state, before) => {
      if (state.isMinimapOpen !== before.isMinimapOpen || state.pointerFeel !== before.pointerFeel)
        remember(person, JSON.stringify(ofPerson(state)));
      if (OF_WORKFLOW.some((key) => state[key] !== before[key])) remember(workflow, JSON.stringify(ofWorkflow(state)));
    });
  }, [ui, workflowId, userId]);
}

/** Says once what the first turn of a wheel was taken for, and offers the other. */
function useFeelWords(): void {
  const { ui } = useEditor();
  const { t } = useTexts();
  useEffect(() => {
    const tell = (feel: PointerFeel): void => {
      const isMouse = feel === 'mouse';
      showToast({
        title: t(isMouse ? 'feel.mouse' : 'feel.trackpad'),
        description: t(isMouse ? 'feel.mouseHint' : 'feel.trackpadHint'),
        action: {
          label: t(isMouse ? 'feel.useTrackpad' : 'feel.useMouse'),
          onClick: () => ui.setState({ pointerFeel: isMouse ? 'trackpad' : 'mouse' }),
        },
      });
    };
    return ui.subscribe((state, before) =>
      before.pointerFeel === null && state.pointerFeel !== null ? tell(state.pointerFeel) : undefined,
    );
  }, [ui, t]);
}

/** Restores how the person last looked at this workflow, and goes on remembering it. Beside the canvas of an editor or a run. */
export function ViewMemory() {
  useMemory();
  // After what was remembered is there: that needs no words.
  useFeelWords();
  return null;
}
