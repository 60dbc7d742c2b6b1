import type { RetryPolicy } from '@millwright/workflow';
import { useState } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { Field } from '../../../ui/controls/field.tsx';
import { Select } from '../../../ui/controls/select.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { NumberSetting } from './number-setting.tsx';
import { choiceOf, RETRY_PRESETS, type RetryChoice, waitsOf } from './retry-presets.ts';

const CHOICES = ['none', 'few', 'many', 'own'] as const satisfies readonly RetryChoice[];
const KINDS = ['transient', 'rate', 'auth', 'permanent'] as const satisfies RetryPolicy['on'];
/** Waits that the sentence names before it says "and so on". */
const SHOWN_WAITS = 4;
const DAY_S = 86_400;

/** Which failures are tried again. */
function RetryKinds({ policy, onChange }: { readonly policy: RetryPolicy; readonly onChange: (policy: RetryPolicy) => void }) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const toggle = (kind: (typeof KINDS)[number]): void =>
    onChange({ ...policy, on: KINDS.filter((known) => policy.on.includes(known) !== (known === kind)) });
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-secondary font-medium text-text-2">{t('settings.retryOn')}</legend>
      {KINDS.map((kind) => (
        <label key={kind} className="flex items-start gap-2 text-body">
          <input
            type="checkbox"
            className="mt-1 accent-(--accent)"
            checked={policy.on.includes(kind)}
            disabled={isReadOnly}
            onChange={() => toggle(kind)}
          />
          <span>
            {t(`settings.retryKinds.${kind}`)}
            <span className="block text-secondary text-text-3">{t(`settings.retryKindHints.${kind}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function OwnValues({ policy, onChange }: { readonly policy: RetryPolicy; readonly onChange: (policy: RetryPolicy) => void }) {
  const { t } = useTexts();
  return (
    <div className="grid grid-cols-2 gap-3">
      <NumberSetting
        label={t('settings.retryTries')}
        value={policy.maxAttempts}
        min={2}
        max={100}
        isWhole
        onCommit={(maxAttempts) => onChange({ ...policy, maxAttempts })}
      />
      <NumberSetting
        label={t('settings.retryFirst')}
        value={policy.initialMs / 1000}
        min={0}
        max={DAY_S}
        onCommit={(seconds) => onChange({ ...policy, initialMs: Math.round(seconds * 1000) })}
      />
      <NumberSetting
        label={t('settings.retryFactor')}
        value={policy.backoff}
        min={1}
        max={10}
        onCommit={(backoff) => onChange({ ...policy, backoff })}
      />
      <NumberSetting
        label={t('settings.retryLongest')}
        value={policy.maxMs / 1000}
        min={0}
        max={DAY_S}
        onCommit={(seconds) => onChange({ ...policy, maxMs: Math.round(seconds * 1000) })}
      />
      <NumberSetting
        label={t('settings.retryJitter')}
        hint={t('settings.retryJitterHint')}
        value={Math.round(policy.jitter * 100)}
        min={0}
        max={100}
        isWhole
        onCommit={(percent) => onChange({ ...policy, jitter: percent / 100 })}
      />
    </div>
  );
}

/** Whether and how a step tries again: three answers that fit most steps, and every value for who wants it. */
export function RetryForm({
  policy,
  onChange,
}: {
  readonly policy: RetryPolicy | null;
  readonly onChange: (policy: RetryPolicy | null) => void;
}) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const format = useFormat();
  const [wantsOwn, setWantsOwn] = useState(false);
  const found = choiceOf(policy);
  const choice = wantsOwn && found !== 'none' ? 'own' : found;
  const choose = (next: RetryChoice): void => {
    setWantsOwn(next === 'own');
    if (next === 'none') onChange(null);
    else if (next === 'own') onChange(policy && found !== 'none' ? policy : RETRY_PRESETS.few);
    else onChange(RETRY_PRESETS[next]);
  };
  const waits = policy ? waitsOf(policy, SHOWN_WAITS).map((ms) => format.duration(ms)) : [];
  const sentence =
    policy && found !== 'none'
      ? t('settings.retrySentence', {
          tries: policy.maxAttempts,
          waits: waits.join(', ') + (policy.maxAttempts - 1 > SHOWN_WAITS ? ' …' : ''),
        })
      : t('settings.retryNone');
  return (
    <div data-field="settings.retry" className="flex flex-col gap-3">
      <Field label={t('settings.retry')} hint={sentence}>
        {(control) => (
          <Select
            control={control}
            disabled={isReadOnly}
            value={choice}
            options={CHOICES.map((value) => ({ value, label: t(`settings.retryChoices.${value}`) }))}
            onChange={choose}
          />
        )}
      </Field>
      {policy && choice === 'own' ? <OwnValues policy={policy} onChange={onChange} /> : null}
      {policy && found !== 'none' ? <RetryKinds policy={policy} onChange={onChange} /> : null}
    </div>
  );
}
