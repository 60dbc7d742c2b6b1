import { useState } from 'react';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import type { Refused } from '../../core/graph/sub-workflow/boundary.ts';
import { findNode } from '../../core/graph/graph-queries.ts';
import type { Extraction } from '../../core/graph/sub-workflow/extract.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { useExtraction } from './use-extraction.ts';

/** Why steps cannot be cut out, or a call cannot become its steps, in words. */
export function useRefusalWords(): (refused: Refused) => string {
  const { say } = useTexts();
  const document = useDocument();
  return ({ refusal, nodeId }) => say(`extract.refused.${refusal}`, { name: findNode(document, nodeId ?? '')?.name ?? '' });
}

function Consequences({ plan }: { readonly plan: Extraction }) {
  const { t } = useTexts();
  return (
    <ul className="my-3 flex list-disc flex-col gap-1 pl-5 text-body text-text-2">
      <li>{plan.inputs.length === 0 ? t('extract.givenItems') : t('extract.given', { names: plan.inputs.join(', ') })}</li>
      {plan.outputs.length === 0 ? null : <li>{t('extract.givesBack', { names: plan.outputs.join(', ') })}</li>}
      <li>{t('extract.live')}</li>
      <li>{t('extract.undo')}</li>
    </ul>
  );
}

function Body({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts();
  const document = useDocument();
  const words = useRefusalWords();
  const [name, setName] = useState<string>(t('extract.defaultName', { workflow: document.name }));
  const { plan, count, isMaking, make } = useExtraction(name.trim());
  const refused = plan && 'refusal' in plan ? plan : null;
  const submit = (): void => void make().then((isMade) => (isMade ? onClose() : undefined));
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t('extract.title', { count })}
      description={refused ? t('extract.cannot') : t('extract.intro')}
      widthPx={520}
      actions={
        <>
          <Button onClick={onClose}>{t('extract.cancel')}</Button>
          {refused ? null : (
            <Button variant="primary" disabled={plan === null || name.trim() === ''} busy={isMaking} onClick={submit}>
              {t('extract.make')}
            </Button>
          )}
        </>
      }
    >
      {refused ? (
        <p role="alert" className="mt-3 text-body">
          {words(refused)}
        </p>
      ) : (
        <form
          className="mt-3"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label={t('extract.name')}>
            {(control) => (
              <TextInput {...control} autoFocus maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            )}
          </Field>
          {plan && !('refusal' in plan) ? <Consequences plan={plan} /> : null}
        </form>
      )}
    </Dialog>
  );
}

/** Makes a workflow of the selected steps: what it is given, what it gives back, or why it cannot be. */
export function ExtractDialog() {
  const { ui, camera } = useEditor();
  const isOpen = useInterface((state) => state.dialog === 'extract');
  const close = (): void => {
    ui.setState({ dialog: null });
    camera.current?.focus();
  };
  return isOpen ? <Body onClose={close} /> : null;
}
