import type { CSSProperties } from 'react';
import { usePagesAt } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** Who else is in a field, beside its label. Nobody is locked out: who types last, writes. @param field path such as `parameters.url` */
export function FieldPeople({ nodeId, field }: { readonly nodeId: string; readonly field: string }) {
  const { t } = useTexts();
  const pages = usePagesAt(nodeId).filter((page) => page.field?.nodeId === nodeId && page.field.field === field);
  const page = pages.find((one) => one.field?.isTyping) ?? pages[0];
  if (!page) return null;
  const name = page.isMe ? t('people.me') : `\u2068${page.name}\u2069`;
  return (
    <span className="mw-field-people" style={{ '--peer': `var(--peer-${page.color})` } as CSSProperties}>
      {t(page.field?.isTyping ? 'people.typing' : 'people.inField', { name })}
    </span>
  );
}
