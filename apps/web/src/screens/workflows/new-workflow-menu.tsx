import { useQuery } from '@tanstack/react-query';
import { ChevronDown, FilePlus2, LayoutTemplate } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../ui/controls/button-class.ts';
import { Menu, type MenuEntry } from '../../ui/layers/menu.tsx';
import { Spinner } from '../../ui/controls/spinner.tsx';
import { templateWords } from './template-words.ts';
import { templatesQuery, useCreateWorkflow } from './workflow-queries.ts';

/** New ▾: blank, or one of the templates; the new workflow opens at once. */
export function NewWorkflowMenu() {
  const { t } = useTranslation('workflows');
  const templates = useQuery(templatesQuery);
  const create = useCreateWorkflow();
  const entries: readonly MenuEntry[] = [
    {
      key: 'blank',
      label: t('blank'),
      hint: t('blankHint'),
      icon: <FilePlus2 size={16} />,
      onSelect: () => create.mutate({ name: t('untitled') }),
    },
    ...(templates.data?.items.length ? [{ kind: 'heading', key: 'templates', label: t('fromTemplate') } as const] : []),
    ...(templates.data?.items ?? []).map((template) => {
      const { title, description } = templateWords(template, t);
      return {
        key: template.key,
        label: title,
        hint: description,
        icon: <LayoutTemplate size={16} />,
        onSelect: () => create.mutate({ name: title, template: template.key }),
      };
    }),
  ];
  return (
    <Menu
      align="end"
      entries={entries}
      trigger={
        <button
          type="button"
          className={buttonClass('primary', 'md', 'ml-auto')}

          aria-busy={create.isPending || undefined}
          disabled={create.isPending}
        >
          {create.isPending ? <Spinner /> : null}
          <span className="max-sm:hidden">{t('new')}</span>
          <span className="sm:hidden">{t('newShort')}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      }
    />
  );
}
