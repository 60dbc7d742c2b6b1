import type { NetworkRulesView } from '@millwright/contracts';
import { useMutation, useQuery, useQueryClient, queryOptions } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { errorWords, faultyFields } from '../../api/error-words.ts';
import { useCan } from '../../api/session.ts';
import { useErrorToast } from '../../api/use-error-toast.ts';
import { SheetSection } from '../../shell/sheet-section.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { Field } from '../../ui/controls/field.tsx';
import { controlClass } from '../../ui/controls/text-input.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { ErrorState } from '../../ui/states/error-state.tsx';
import { NoPermission } from '../../ui/states/no-permission.tsx';
import { SkeletonRows } from '../../ui/states/skeleton.tsx';
import { hostsIn, MAX_HOSTS } from './hosts-in.ts';

const rulesQuery = queryOptions({ queryKey: ['network', 'rules'], queryFn: ({ signal }) => api.network.getRules({}, { signal }) });

const LISTS = ['allow', 'deny'] as const;

interface HostListProps {
  readonly label: string;
  readonly hint: string;
  readonly text: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

function HostList({ label, hint, text, error, onChange }: HostListProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          rows={5}
          spellCheck={false}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={`${controlClass} py-1.5 font-mono`}
        />
      )}
    </Field>
  );
}

/** The first host of a list that the server could not read. */
function refusedHost(error: unknown, name: 'allow' | 'deny', sent: readonly string[] | undefined): string | undefined {
  return sent?.find((_host, index) => faultyFields(error).has(`${name}.${index}`));
}

/** Stores the rules; what is no host is shown at its list. */
function useSaveRules(onSaved: (saved: NetworkRulesView) => void) {
  const { t } = useTranslation('network');
  const queryClient = useQueryClient();
  const tellError = useErrorToast();
  return useMutation({
    mutationFn: (body: NetworkRulesView) => api.network.putRules({ body }),
    onSuccess: (saved) => {
      queryClient.setQueryData(rulesQuery.queryKey, saved);
      onSaved(saved);
      showToast({ title: t('saved') });
    },
    onError: (error) => (faultyFields(error).size === 0 ? tellError(error) : undefined),
  });
}

function textsOf({ allow, deny }: NetworkRulesView): Readonly<Record<(typeof LISTS)[number], string>> {
  return { allow: allow.join('\n'), deny: deny.join('\n') };
}

function RulesForm({ rules }: { readonly rules: NetworkRulesView }) {
  const { t } = useTranslation('network');
  const [texts, setTexts] = useState(textsOf(rules));
  const lists = { allow: hostsIn(texts.allow), deny: hostsIn(texts.deny) };
  const save = useSaveRules((saved) => setTexts(textsOf(saved)));
  const errorOf = (name: (typeof LISTS)[number]): string | undefined => {
    if (lists[name].length > MAX_HOSTS) return t('tooMany');
    const host = refusedHost(save.error, name, save.variables?.[name]);
    return host !== undefined && lists[name].includes(host) ? t('invalid', { host }) : undefined;
  };
  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(lists);
      }}
    >
      {LISTS.map((name) => (
        <HostList
          key={name}
          label={t(name)}
          hint={t(`${name}Hint`)}
          text={texts[name]}
          error={errorOf(name)}
          onChange={(text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
      {lists.allow.length > 0 ? <p className="text-body text-text-2">{t('strict', { count: lists.allow.length })}</p> : null}
      <p className="text-secondary text-text-3">{t('effect')}</p>
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={Math.max(lists.allow.length, lists.deny.length) > MAX_HOSTS}
        className="self-start"
      >
        {t('save')}
      </Button>
    </form>
  );
}

/** Which hosts the workflows of the workspace may reach. */
export function NetworkPage() {
  const { t } = useTranslation('network');
  const core = useTranslation('core');
  const canManage = useCan('network.manage');
  const rules = useQuery({ ...rulesQuery, enabled: canManage });
  if (!canManage) return <NoPermission title={t('forbiddenTitle')} />;
  return (
    <>
      <p className="mb-3 max-w-3xl text-text-2">{t('intro')}</p>
      {rules.data !== undefined ? (
        <SheetSection title={t('title')} hint={t('hint')}>
          <RulesForm rules={rules.data} />
        </SheetSection>
      ) : rules.isError ? (
        <ErrorState title={core.t('errors.title')} words={errorWords(rules.error, core.t)} onRetry={() => void rules.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </>
  );
}
