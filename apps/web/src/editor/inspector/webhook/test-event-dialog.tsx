import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ChangeEvent, useState } from 'react';
import { buttonClass } from '../../../ui/controls/button-class.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { controlClass, TextInput } from '../../../ui/controls/text-input.tsx';
import { soleSelection } from '../../core/state/interface-store.ts';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { SAMPLE_BODY, workflowQuery } from './endpoint.ts';

/** What the webhook said. */
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly runId: string | null;
}

/** Longest answer that is shown, characters. */
const SHOWN_LENGTH = 4000;

async function send(url: string, body: string, deliveryId: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(deliveryId === '' ? {} : { 'idempotency-key': deliveryId }) },
    body,
  });
  const text = await response.text();
  return { status: response.status, body: text.slice(0, SHOWN_LENGTH), runId: response.headers.get('x-millwright-run') };
}

/** The path of an address on this server, so that a test works behind whatever name the server has. */
function samePath(url: string): string {
  return new URL(url, window.location.href).pathname;
}

function AnswerView({ answer }: { readonly answer: Answer }) {
  const { t } = useTexts();
  const isGood = answer.status >= 200 && answer.status < 300;
  return (
    <section role="status" className="flex flex-col gap-2 rounded-control border border-border p-3">
      <p className="flex items-center gap-2 text-body">
        <span className={`num font-semibold ${isGood ? 'text-status-success' : 'text-status-failed'}`}>{answer.status}</span>
        {isGood ? t('webhook.answered') : t('webhook.refused')}
        {answer.runId === null ? null : (
          <Link to="/runs/$runId" params={{ runId: answer.runId }} className={buttonClass('secondary', 'sm', 'ml-auto')}>
            {t('webhook.openRun')}
          </Link>
        )}
      </p>
      {answer.body === '' ? null : (
        <pre className="max-h-48 overflow-auto rounded-control bg-canvas p-2 font-mono text-secondary whitespace-pre-wrap">
          {answer.body}
        </pre>
      )}
    </section>
  );
}

function useTestEvent(url: string | undefined) {
  const { t } = useTexts();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const start = (body: string, deliveryId: string): void => {
    if (url === undefined) return;
    try {
      JSON.parse(body);
    } catch {
      setError(t('webhook.badBody'));
      return;
    }
    setError('');
    setBusy(true);
    send(samePath(url), body, deliveryId)
      .then(setAnswer, () => setError(t('webhook.unreachable')))
      .finally(() => setBusy(false));
  };
  return { answer, error, busy, start };
}

/** Sends a real call to the live webhook and shows what came back, with a link to the run. */
export function TestEventDialog() {
  const { workflowId, ui } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'testEvent');
  const nodeId = useInterface(soleSelection);
  const { data } = useQuery({ ...workflowQuery(workflowId), enabled: isOpen });
  const endpoint = data?.endpoints.find((candidate) => candidate.nodeId === nodeId) ?? data?.endpoints[0];
  const [body, setBody] = useState(() => JSON.stringify(SAMPLE_BODY, null, 2));
  const [deliveryId, setDeliveryId] = useState('');
  const { answer, error, busy, start } = useTestEvent(endpoint?.url);
  const takeDeliveryId = (event: ChangeEvent<HTMLInputElement>): void => setDeliveryId(event.currentTarget.value);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : ui.setState({ dialog: null }))}
      title={t('webhook.test')}
      description={t('webhook.testHint')}
      widthPx={560}
      actions={
        <Button variant="primary" busy={busy} onClick={() => start(body, deliveryId)}>
          {t('webhook.send')}
        </Button>
      }
    >
      <div className="mt-3 flex flex-col gap-3">
        <Field label={t('webhook.body')} error={error === '' ? undefined : error}>
          {(control) => (
            <textarea
              {...control}
              rows={8}
              spellCheck={false}
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
              className={`${controlClass} py-1.5 font-mono text-secondary`}
            />
          )}
        </Field>
        <Field label={t('webhook.deliveryId')} optional hint={t('webhook.deliveryIdHint')}>
          {(control) => <TextInput {...control} mono value={deliveryId} placeholder="order-4711" onChange={takeDeliveryId} />}
        </Field>
        {answer ? <AnswerView answer={answer} /> : null}
      </div>
    </Dialog>
  );
}
