import { Plug, Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { categoryColor } from '../look/category.ts';
import { TypeIcon } from '../look/type-icon.tsx';
import { portTitle } from '../look/type-words.ts';
import { useTexts } from '../texts.ts';
import type { PickerEntry, PickerRow, Template, TemplateUse } from './picker-entries.ts';
import { useConnected } from './use-connected.ts';

/** Whether it signs in somewhere, and whether this person can already. */
function Connection({ info }: { readonly info: PickerEntry['info'] }) {
  const { t } = useTexts();
  const isConnected = useConnected();
  const slots = info.credentials ?? [];
  if (slots.length === 0) return null;
  const isRequired = slots.some((slot) => slot.required);
  return (
    <p className="flex items-start gap-1.5 text-secondary text-text-2">
      <Plug size={14} className="mt-0.5 shrink-0" aria-hidden="true" />
      {isConnected(info) ? t('picker.hasConnection') : isRequired ? t('picker.needsConnection') : t('picker.mayConnect')}
    </p>
  );
}

function Side({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <aside
      aria-live="polite"
      aria-label={title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="flex w-60 shrink-0 flex-col gap-3 overflow-y-auto border-l border-border bg-canvas/60 p-4 max-sm:hidden"
    >
      {children}
    </aside>
  );
}

function TemplatePreview({ template: { title, description }, use }: { readonly template: Template; readonly use: TemplateUse }) {
  const { t } = useTexts();
  return (
    <Side title={title}>
      <div className="flex items-center gap-2 text-accent">
        <Sparkles size={20} aria-hidden="true" />
        <h3 className="text-body font-semibold text-text">{title}</h3>
      </div>
      <p className="text-secondary text-text-2">{description}</p>
      <p className="text-secondary text-text-2">{t(use === 'put' ? 'picker.templateHereHint' : 'picker.templateHint')}</p>
    </Side>
  );
}

/** What the chosen row does. */
export function PickerPreview({ row }: { readonly row: PickerRow }) {
  if (row.kind === 'template') return <TemplatePreview template={row.template} use={row.use} />;
  return row.kind === 'app' ? <StepPreview entry={row.first} app={row} /> : <StepPreview entry={row.entry} app={null} />;
}

/** What a step does, where it leads, and what comes out of it. */
function StepPreview({
  entry,
  app,
}: {
  readonly entry: PickerEntry;
  /** The app whose operations stand behind the row; null for an operation. */
  readonly app: { readonly title: string; readonly count: number } | null;
}) {
  const { t, language } = useTexts();
  const { info } = entry;
  const sample = app ? '{}' : JSON.stringify(info.sample, null, 2);
  const title = app?.title ?? entry.title;
  return (
    <Side title={title}>
      <div className="flex items-center gap-2" style={{ color: categoryColor(info.category) }}>
        <TypeIcon icon={info.icon} sizePx={20} />
        <h3 className="text-body font-semibold text-text">{title}</h3>
      </div>
      <p className="text-secondary text-text-2">{app ? t('picker.operations', { count: app.count }) : entry.description}</p>
      <Connection info={info} />
      {!app && info.outputs.length > 1 ? (
        <p className="text-secondary text-text-2">
          <span className="font-medium text-text">{t('picker.outputs')}</span>{' '}
          {info.outputs.map((port) => portTitle(info, language, port)).join(', ')}
        </p>
      ) : null}
      {sample === '{}' || sample === 'null' ? null : (
        <div>
          <p className="mb-1 text-meta font-medium text-text-3">{t('picker.sample')}</p>
          <pre className="rounded-control border border-border bg-surface p-2 font-mono text-meta break-words whitespace-pre-wrap">
            {sample}
          </pre>
        </div>
      )}
    </Side>
  );
}
