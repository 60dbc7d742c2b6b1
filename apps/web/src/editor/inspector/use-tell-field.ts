import { type RefObject, useEffect } from 'react';
import { useEditor } from '../session-context.ts';

/** How long after a key others see that somebody types, ms. */
const TYPING_MS = 3000;

/** Tells others which field of a step has the keyboard, and when something is typed there. @param root the panel of the step */
export function useTellField(root: RefObject<HTMLElement | null>, nodeId: string): void {
  const { presence } = useEditor();
  useEffect(() => {
    const element = root.current;
    if (!presence || !element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (target: EventTarget | null, isTyping: boolean): void => {
      const field = target instanceof Element ? target.closest<HTMLElement>('[data-field]')?.dataset['field'] : undefined;
      clearTimeout(timer);
      presence.tell({ field: field === undefined ? null : { nodeId, field, isTyping } });
      if (isTyping) timer = setTimeout(() => tell(target, false), TYPING_MS);
    };
    const enter = ({ target }: Event): void => tell(target, false);
    const type = ({ target }: Event): void => tell(target, true);
    const leave = (): void => tell(null, false);
    element.addEventListener('focusin', enter);
    element.addEventListener('input', type);
    element.addEventListener('focusout', leave);
    return () => {
      leave();
      element.removeEventListener('focusin', enter);
      element.removeEventListener('input', type);
      element.removeEventListener('focusout', leave);
    };
  }, [presence, root, nodeId]);
}
