import { type ComponentProps, Suspense } from 'react';
import { fetched } from '../../../ui/fetched.ts';
import { LatePart } from '../../page/late-part.tsx';

const Dialog = fetched(async () => (await import('../../../screens/connections/connect/connect-dialog.tsx')).ConnectDialog);

/** Connecting an account; fetched when somebody does: most people choose what is there. */
export function ConnectOnDemand(props: ComponentProps<typeof Dialog>) {
  return (
    <Suspense fallback={<LatePart />}>
      <Dialog {...props} />
    </Suspense>
  );
}
