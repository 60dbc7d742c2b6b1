import type { CredentialView } from '@millwright/contracts';
import { unreachable } from '@millwright/core';
import { useState } from 'react';
import { useCan } from '../../api/session.ts';
import { useTestConnection } from './connection-queries.ts';
import { ConnectDialog } from './connect/connect-dialog.tsx';
import { DetailsDialog } from './dialogs/details-dialog.tsx';
import { EditDialog } from './dialogs/edit-dialog.tsx';
import { RemoveDialog } from './dialogs/remove-dialog.tsx';
import { ShareDialog } from './dialogs/share-dialog.tsx';

/** What is open over the list. */
export type OpenConnection = 'details' | 'reconnect' | 'edit' | 'share' | 'remove';

/** Whether the person may change, share, test and delete a connection. */
export function useMayManage(connection: Pick<CredentialView, 'access'>): boolean {
  return useCan('credentials.write') && connection.access === 'manage';
}

/** The dialog of one connection; what ends there leads back to the list. */
export function ConnectionDialogs({
  connection,
  first,
  onClose,
}: {
  readonly connection: CredentialView;
  readonly first: OpenConnection;
  readonly onClose: () => void;
}) {
  const [open, setOpen] = useState(first);
  const canManage = useMayManage(connection);
  const test = useTestConnection();
  // Kinds with fields are connected again by other secrets.
  const shown = open === 'reconnect' && connection.connect === 'fields' ? 'edit' : open;
  if (shown === 'details' || !canManage)
    return <DetailsDialog connection={connection} canManage={canManage} onAction={setOpen} onClose={onClose} />;
  switch (shown) {
    case 'reconnect':
      return <ConnectDialog again={connection} onClose={onClose} onDone={() => undefined} />;
    case 'edit':
      return (
        <EditDialog
          connection={connection}
          onClose={onClose}
          onSaved={(saved) => {
            // What had failed with the old secret is tried with the new one.
            if (saved.health.status === 'untested') test.mutate(saved.id);
          }}
        />
      );
    case 'share':
      return <ShareDialog connection={connection} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog connection={connection} onClose={onClose} />;
    default:
      return unreachable(shown);
  }
}
