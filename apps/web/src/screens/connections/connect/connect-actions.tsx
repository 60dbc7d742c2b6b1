import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { unreachable } from '@millwright/core';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../../api/session.ts';
import { Button } from '../../../ui/controls/button.tsx';
import type { useTestConnection } from '../connection-queries.ts';
import type { App } from '../connection-words.ts';

/** Where somebody is who connects an app. */
export type Stage =
  | { readonly is: 'app' }
  | { readonly is: 'kind'; readonly app: App }
  | { readonly is: 'form'; readonly type: CredentialTypeView }
  | { readonly is: 'connect'; readonly connection: CredentialView }
  | { readonly is: 'test'; readonly connection: CredentialView };

type ConnectionTest = ReturnType<typeof useTestConnection>;

/** Sends the form. A missing client app can be entered only by those who manage connections. */
function SubmitButton({ id, type }: { readonly id: string; readonly type: CredentialTypeView }) {
  const { t } = useTranslation('connections');
  const canManage = useCan('credentials.manage');
  const isMissing = type.clientApp === 'missing';
  if (isMissing && !canManage) return null;
  return (
    <Button type="submit" form={id} variant="primary">
      {isMissing ? t('clientMissing.save') : type.connect === 'fields' ? t('connect.save') : t('connect.next')}
    </Button>
  );
}

function TestActions({
  connection,
  test,
  onDone,
}: {
  readonly connection: CredentialView;
  readonly test: ConnectionTest;
  readonly onDone: (connection: CredentialView) => void;
}) {
  const { t } = useTranslation('connections');
  return (
    <>
      {test.isPending || test.data?.health.status === 'working' ? null : (
        <Button onClick={() => test.mutate(connection.id)}>{t('test.again')}</Button>
      )}
      <Button variant="primary" onClick={() => onDone(test.data ?? connection)}>
        {t('connect.finish')}
      </Button>
    </>
  );
}

/** Buttons of a stage, the main one last. */
export function ConnectActions({
  id,
  stage,
  onBack,
  onClose,
  onDone,
  test,
}: {
  /** Of the form. */
  readonly id: string;
  readonly stage: Stage;
  /** Null: there is no other app to choose. */
  readonly onBack: (() => void) | null;
  readonly onClose: () => void;
  readonly onDone: (connection: CredentialView) => void;
  readonly test: ConnectionTest;
}) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const cancel = <Button onClick={onClose}>{core.t('ui.cancel')}</Button>;
  const back =
    onBack === null ? null : (
      <Button variant="quiet" className="mr-auto" onClick={onBack}>
        {t('connect.back')}
      </Button>
    );
  switch (stage.is) {
    case 'app':
      return cancel;
    case 'kind':
    case 'form':
      return (
        <>
          {back}
          {cancel}
          {stage.is === 'form' ? <SubmitButton id={id} type={stage.type} /> : null}
        </>
      );
    case 'connect':
      return <Button onClick={onClose}>{t('connect.later')}</Button>;
    case 'test':
      return <TestActions connection={stage.connection} test={test} onDone={onDone} />;
    default:
      return unreachable(stage);
  }
}
