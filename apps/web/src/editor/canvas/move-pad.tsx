import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Check, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { pressOnCanvas } from '../core/canvas-keys.ts';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

const ARROWS = [
  { key: 'ArrowLeft', title: 'left', Icon: ArrowLeft },
  { key: 'ArrowUp', title: 'up', Icon: ArrowUp },
  { key: 'ArrowDown', title: 'down', Icon: ArrowDown },
  { key: 'ArrowRight', title: 'right', Icon: ArrowRight },
] as const;

/** Moving by clicks, for who can point but not drag (WCAG 2.5.7): the buttons press the keys of the move mode. */
export function MovePad() {
  const session = useEditor();
  const { t } = useTexts();
  const [isFine, setFine] = useState(false);
  const press = (key: string): void => {
    pressOnCanvas(session, { key, shiftKey: !isFine, ctrlKey: false, metaKey: false, altKey: false });
    const { gesture, focusedNode } = session.ui.getState();
    if (gesture.kind !== 'idle') return;
    session.camera.current?.focus();
    if (focusedNode !== null) session.camera.current?.reveal(focusedNode);
  };
  return (
    <div role="group" aria-label={t('movePad.label')} className="flex flex-wrap items-center gap-1">
      {ARROWS.map(({ key, title, Icon }) => (
        <IconButton
          key={key}
          size="sm"
          variant="secondary"
          label={t(`movePad.${title}`)}
          icon={<Icon size={14} />}
          onClick={() => press(key)}
        />
      ))}
      <Button size="sm" variant="quiet" aria-pressed={isFine} onClick={() => setFine(!isFine)}>
        {t('movePad.fine')}
      </Button>
      <Button size="sm" variant="primary" onClick={() => press('Enter')}>
        <Check size={14} aria-hidden="true" />
        {t('movePad.drop')}
      </Button>
      <IconButton size="sm" label={t('movePad.cancel')} icon={<X size={14} />} onClick={() => press('Escape')} />
    </div>
  );
}
