import type { CredentialTypeView, CredentialView } from '@millwright/contracts';
import { unreachable } from '@millwright/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../../api/error-words.ts';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { showToast } from '../../../ui/layers/toast.tsx';
import { ErrorState } from '../../../ui/states/error-state.tsx';
import { SkeletonRows } from '../../../ui/states/skeleton.tsx';
import { connectionsQuery, connectionTypesQuery, useCreateConnection, useTestConnection } from '../connection-queries.ts';
import { type App, appOf, appsOf } from '../connection-words.ts';
import { ChooseApp, ChooseKind } from './choose-app.tsx';
import { ConnectActions, type Stage } from './connect-actions.tsx';
import { ConnectionForm, type Filled } from './connection-form.tsx';
import { ConsentStep } from './consent-step.tsx';
import { DeviceStep } from './device-step.tsx';
import { MissingClientApp } from './missing-client-app.tsx';
import { TestStep } from './test-step.tsx';
import { useConsent } from './use-consent.ts';

/** Connects an app, or one that has to be connected again. */
export interface ConnectDialogProps {
  /** Only these kinds are offered. Default: all. */
  readonly types?: readonly string[];
  /** One that is there already: its window or code comes at once. */
  readonly again?: CredentialView;
  /** What the form of a new one is filled in with. Default nothing. */
  readonly filled?: Filled;
  readonly onClose: () => void;
  /** Told as soon as it is there and connected. */
  readonly onDone: (connection: CredentialView) => void;
}

/** `HubSpot`, `HubSpot 2`, …: a name that is free. */
function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.toLocaleLowerCase()));
  const free = (number: number): string => (number === 1 ? wanted : `${wanted} ${number}`);
  let number = 1;
  while (names.has(free(number).toLocaleLowerCase())) number += 1;
  return free(number);
}

/** The first control of what comes next gets the keyboard. */
function useFocusOnStage(stage: string) {
  const body = useRef<HTMLDivElement>(null);
  const last = useRef(stage);
  useEffect(() => {
    if (last.current === stage) return;
    last.current = stage;
    body.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, [stage]);
  return body;
}

/** What comes once an app is chosen: an app of one kind goes straight to its form. */
function stageOf(app: App): Stage {
  const [type] = app.types;
  return type === undefined || app.types.length > 1 ? { is: 'kind', app } : { is: 'form', type };
}

function firstStage(apps: readonly App[]): Stage {
  const [app] = apps;
  return app === undefined || apps.length > 1 ? { is: 'app' } : stageOf(app);
}

function FormStage({
  id,
  type,
  filled,
  onCreated,
}: {
  readonly id: string;
  readonly type: CredentialTypeView;
  readonly filled: Filled | undefined;
  readonly onCreated: (connection: CredentialView) => void;
}) {
  const create = useCreateConnection(type.type);
  const { data } = useQuery(connectionsQuery);
  if (type.clientApp === 'missing') return <MissingClientApp id={id} type={type} />;
  // The name is proposed once: it waits for those that are taken.
  if (data === undefined) return <SkeletonRows rows={2} />;
  return (
    <ConnectionForm
      id={id}
      type={type}
      connection={null}
      filled={filled}
      suggestedName={freeName(
        type.connectorTitle,
        data.items.map(({ name }) => name),
      )}
      error={create.error}
      onSubmit={(input) => (create.isPending ? undefined : create.mutate(input, { onSuccess: onCreated }))}
    />
  );
}

function WindowStage({
  connection,
  types,
  onConnected,
}: {
  readonly connection: CredentialView;
  readonly types: readonly CredentialTypeView[];
  readonly onConnected: () => void;
}) {
  const consent = useConsent(connection.id, onConnected);
  return <ConsentStep connection={connection} type={types.find(({ type }) => type === connection.type)} consent={consent} />;
}

type StagesProps = Omit<ConnectDialogProps, 'types'> & { readonly types: readonly CredentialTypeView[] };

/** Which stage it is, and what brings the next one. */
function useStages({ types, again, onClose, onDone }: StagesProps) {
  const { t } = useTranslation('connections');
  const apps = appsOf(types);
  const [stage, setStage] = useState<Stage>(() => (again ? { is: 'connect', connection: again } : firstStage(apps)));
  const test = useTestConnection();
  const connected = (connection: CredentialView): void => {
    const { status } = connection.health;
    const isDead = status === 'failing' || (status === 'needsReconnect' && connection.connect === 'fields');
    showToast({ title: t(isDead ? 'connect.saved' : 'connect.done', { name: connection.name }) });
    onDone(connection);
    onClose();
  };
  const created = (connection: CredentialView): void => {
    if (connection.connect !== 'fields') {
      setStage({ is: 'connect', connection });
      return;
    }
    const kind = types.find((candidate) => candidate.type === connection.type);
    if (kind?.hasTest !== true) {
      connected(connection);
      return;
    }
    setStage({ is: 'test', connection });
    test.mutate(connection.id);
  };
  // The kind is read again when its client app was entered.
  const current: Stage =
    stage.is === 'form' ? { is: 'form', type: types.find((candidate) => candidate.type === stage.type.type) ?? stage.type } : stage;
  return { apps, stage: current, setStage, test, connected, created };
}

/** What a stage asks or shows. */
function StageBody({
  id,
  types,
  filled,
  stages,
}: {
  readonly id: string;
  readonly types: readonly CredentialTypeView[];
  readonly filled: Filled | undefined;
  readonly stages: ReturnType<typeof useStages>;
}) {
  const { apps, stage, setStage, test, connected, created } = stages;
  switch (stage.is) {
    case 'app':
      return <ChooseApp apps={apps} onChoose={(app) => setStage(stageOf(app))} />;
    case 'kind':
      return <ChooseKind app={stage.app} onChoose={(type) => setStage({ is: 'form', type })} />;
    case 'form':
      return <FormStage key={stage.type.type} id={id} type={stage.type} filled={filled} onCreated={created} />;
    case 'connect': {
      const { connection } = stage;
      if (connection.connect === 'window')
        return <WindowStage connection={connection} types={types} onConnected={() => connected(connection)} />;
      return connection.connect === 'device' ? <DeviceStep connection={connection} onConnected={() => connected(connection)} /> : null;
    }
    case 'test':
      return (
        <div className="mt-3">
          <TestStep test={test} />
        </div>
      );
    default:
      return unreachable(stage);
  }
}

/** The stages of connecting, once the kinds are known. */
function Stages(props: StagesProps) {
  const { types, filled, onClose } = props;
  const { t } = useTranslation('connections');
  const id = useId();
  const stages = useStages(props);
  const { apps, stage, setStage, test, connected } = stages;
  const body = useFocusOnStage(stage.is);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      widthPx={520}
      title={stage.is === 'app' ? t('connect.title') : t('connect.titleOf', { app: titleOf(stage) })}
      description={t(`connect.intro.${stage.is}`)}
      actions={
        <ConnectActions
          id={id}
          stage={stage}
          onBack={apps.length > 1 ? () => setStage({ is: 'app' }) : null}
          onClose={onClose}
          onDone={connected}
          test={test}
        />
      }
    >
      <div ref={body}>
        <StageBody id={id} types={types} filled={filled} stages={stages} />
      </div>
    </Dialog>
  );
}

function titleOf(stage: Exclude<Stage, { readonly is: 'app' }>): string {
  if (stage.is === 'kind') return stage.app.title;
  return stage.is === 'form' ? stage.type.connectorTitle : appOf(stage.connection);
}

/** App → kind → form → the service's window, a code, or a test. */
export function ConnectDialog(props: ConnectDialogProps) {
  const { t } = useTranslation('connections');
  const core = useTranslation('core');
  const found = useQuery(connectionTypesQuery);
  if (found.data) {
    const offered = props.types === undefined ? found.data.items : found.data.items.filter(({ type }) => props.types?.includes(type));
    const { types: _only, ...rest } = props;
    return <Stages {...rest} types={offered} />;
  }
  return (
    <Dialog open onOpenChange={props.onClose} title={t('connect.title')}>
      {found.isError ? (
        <ErrorState compact title={core.t('errors.title')} words={errorWords(found.error, core.t)} onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Dialog>
  );
}
