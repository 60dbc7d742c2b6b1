import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './theme/app.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { startI18n } from './i18n/i18n.ts';
import { createAppRouter } from './router/router.tsx';

await startI18n().catch((error: unknown) => {
  // Without texts there is nothing to show but what the page itself brought along.
  document.getElementById('boot-failed')?.removeAttribute('hidden');
  throw error;
});

let isLeaving = false;

/** Shows the sign-in page, which leads back here, and then forgets what was read. */
async function leave(): Promise<void> {
  const { pathname, href } = router.state.location;
  if (isLeaving || pathname === '/sign-in') return;
  isLeaving = true;
  await router.navigate({ to: '/sign-in', search: { next: href, reason: 'expired' } });
  queryClient.clear();
  isLeaving = false;
}

const queryClient = createQueryClient(() => void leave());
const router = createAppRouter(queryClient);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
