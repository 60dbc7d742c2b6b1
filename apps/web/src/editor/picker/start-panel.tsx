import { Plug, Sparkles } from 'lucide-react';
import { useMemo } from 'react';
import { insertStep } from '../core/actions/insert-step.ts';
import type { PickerRequest } from '../core/state/interface-store.ts';
import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { entriesFor } from './picker-entries.ts';
import { useTemplates } from './use-templates.ts';

const REQUEST: PickerRequest = { placement: { kind: 'free', at: { x: 0, y: 0 } }, at: null, triggersOnly: true };

const rowClass =
  'flex items-center gap-3 rounded-control border border-border bg-surface px-3 py-2 text-left hover:border-border-strong hover:bg-raised';

function Templates() {
  const { t } = useTexts();
  const { templates, begin } = useTemplates();
  if (templates.length === 0) return null;
  return (
    <>
      <p className="mt-2 text-secondary text-text-3">{t('start.template')}</p>
      {templates.map((template) => (
        <button key={template.key} type="button" className={rowClass} onClick={() => begin(template)}>
          <Sparkles size={18} className="shrink-0 text-accent" aria-hidden="true" />
          <span className="min-w-0">
            <span className="block truncate text-body font-medium">{template.title}</span>
            <span className="block text-secondary text-text-2">{template.description}</span>
          </span>
        </button>
      ))}
    </>
  );
}

/** What an empty canvas says: choose what starts the workflow, or begin with a template. */
export function StartPanel() {
  const session = useEditor();
  const { t, language } = useTexts();
  const isEmpty = useDocument().nodes.length === 0;
  const triggers = useMemo(() => entriesFor(session.catalog, REQUEST, language), [session.catalog, language]);
  // Those of apps are found by search: there may be hundreds.
  const own = triggers.filter(({ info }) => info.type.startsWith('core.'));
  if (!isEmpty || session.isReadOnly) return null;
  return (
    <section
      aria-label={t('start.title')}
      className="absolute top-1/2 max-h-[calc(100%-32px)] left-1/2 z-[5] flex w-[min(400px,calc(100%-32px))] -translate-x-1/2 -translate-y-1/2 flex-col gap-2 overflow-y-auto rounded-dialog border border-border bg-surface p-5"
    >
      <h2 className="text-panel font-semibold">{t('start.title')}</h2>
      <p className="mb-1 text-body text-text-2">{t('start.hint')}</p>
      {own.map(({ info, title, description }) => (
        <button
          key={info.type}
          type="button"
          className={rowClass}
          onClick={() => insertStep(session, info, { kind: 'free', at: { x: 0, y: 0 } })}
        >
          <span style={{ color: categoryColor(info.category) }}>
            <TypeIcon icon={info.icon} />
          </span>
          <span className="min-w-0">
            <span className="block truncate text-body font-medium">{title}</span>
            <span className="block text-secondary text-text-2">{description}</span>
          </span>
        </button>
      ))}
      {own.length < triggers.length ? (
        <button type="button" className={rowClass} onClick={() => session.ui.setState({ picker: REQUEST })}>
          <Plug size={18} className="shrink-0 text-text-3" aria-hidden="true" />
          <span className="min-w-0">
            <span className="block truncate text-body font-medium">{t('start.apps')}</span>
            <span className="block text-secondary text-text-2">{t('start.appsHint', { count: triggers.length - own.length })}</span>
          </span>
        </button>
      ) : null}
      <Templates />
    </section>
  );
}
