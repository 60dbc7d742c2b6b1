import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import type { ButtonSize, ButtonVariant } from './button-class.ts';
import { IconButton } from './icon-button.tsx';
import { showToast } from '../layers/toast.tsx';

const DONE_FOR_MS = 2000;

/** Copies text to the clipboard. */
export interface CopyButtonProps {
  readonly text: string;
  /** What is copied ("Copy the link"). Default "Copy". */
  readonly label?: string;
  /** Only the icon, with the label as tooltip. Default false. */
  readonly iconOnly?: boolean;
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

/** Says "Copied" for two seconds; says what to do when the browser refuses. */
export function CopyButton({ text, label, iconOnly = false, variant, size }: CopyButtonProps) {
  const { t } = useTranslation('core');
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return undefined;
    const timer = setTimeout(() => setDone(false), DONE_FOR_MS);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setDone(true),
      () => showToast({ title: t('ui.copyFailed'), tone: 'failed' }),
    );
  };
  const words = done ? t('ui.copied') : (label ?? t('ui.copy'));
  const icon = done ? <Check size={14} className="text-status-success" aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />;
  const look = { ...(variant ? { variant } : {}), ...(size ? { size } : {}) };
  if (iconOnly) return <IconButton label={words} icon={icon} onClick={copy} {...look} />;
  return (
    <Button onClick={copy} {...look}>
      {icon}
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
