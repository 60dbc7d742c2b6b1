import type { NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import type { CurlSecret } from '@millwright/workflow/curl';
import { useState } from 'react';
import { useCan } from '../../../api/session.ts';
import { Notice } from '../../../screens/connections/parts/notice.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { ConnectOnDemand } from './connect-on-demand.tsx';

/** Slot of the step that signs. */
const SLOT = 'auth';

/** The kind of connection that keeps a secret, and how its form is filled in. */
function connectionOf(secret: CurlSecret): { readonly type: string; readonly fields: Readonly<Record<string, string>> } {
  switch (secret.kind) {
    case 'basic':
      return { type: 'http.basic', fields: { username: secret.username, password: secret.password } };
    case 'bearer':
      return { type: 'http.bearer', fields: { token: secret.token } };
    case 'header':
      return { type: 'http.header', fields: { name: secret.name, key: secret.value } };
    case 'query':
      return { type: 'http.query', fields: { name: secret.name, key: secret.value } };
  }
}

function Secrets({ node, info }: { readonly node: WorkflowNode; readonly info: NodeTypeInfo }) {
  const { t } = useTexts();
  const { draft, ui } = useEditor();
  const canConnect = useCan('credentials.write') && info.credentials?.some(({ name }) => name === SLOT) === true;
  const pasted = useInterface((state) => (state.pastedSecrets?.nodeId === node.id ? state.pastedSecrets : null));
  const [isConnecting, setConnecting] = useState(false);
  const [first, ...others] = pasted?.secrets ?? [];
  if (pasted === null || first === undefined) return null;
  const { type, fields } = connectionOf(first);
  const forget = (): void => ui.setState({ pastedSecrets: null });
  return (
    <>
      <Notice
        tone="info"
        title={t('curl.secret')}
        actions={
          <>
            {canConnect ? (
              <Button size="sm" variant="primary" onClick={() => setConnecting(true)}>
                {t('curl.connect')}
              </Button>
            ) : null}
            <Button size="sm" onClick={forget}>
              {t('curl.forget')}
            </Button>
          </>
        }
      >
        {t(canConnect ? 'curl.secretHint' : 'curl.secretNoConnection')}
        {others.length > 0 ? ` ${t('curl.moreSecrets', { count: others.length })}` : ''}
      </Notice>
      {isConnecting ? (
        <ConnectOnDemand
          types={[type]}
          filled={{ fields, hosts: [pasted.host] }}
          onClose={() => setConnecting(false)}
          onDone={(connection) => {
            draft.apply([{ kind: 'setCredential', nodeId: node.id, slot: SLOT, credentialId: connection.id }]);
            forget();
          }}
        />
      ) : null}
    </>
  );
}

/** What came of a command that was pasted into a step: why it cannot be read, or the secret that waits to be connected. */
export function PastedNotice({ node, info }: { readonly node: WorkflowNode; readonly info: NodeTypeInfo }) {
  const { t } = useTexts();
  const fault = useInterface((state) => (state.pasteFault?.nodeId === node.id ? state.pasteFault : null));
  const { line = 1, column = 1, message = '' } = fault ?? {};
  return (
    <>
      {fault === null ? null : (
        <Notice tone="bad" title={t('curl.fault')}>
          {t('curl.faultAt', { line, column, message })}
        </Notice>
      )}
      <Secrets node={node} info={info} />
    </>
  );
}
