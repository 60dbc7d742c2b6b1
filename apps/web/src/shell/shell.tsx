import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PendingScreen } from '../router/states.tsx';
import { Toaster } from '../ui/layers/toast.tsx';
import { TooltipProvider } from '../ui/layers/tooltip.tsx';
import { Rail } from './rail.tsx';
import { SessionEnd } from './session-end.tsx';

/** After a navigation the focus goes to the new page's heading, so that the keyboard and screen readers start there. */
function useFocusOnNavigation(): void {
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(pathname);
  useEffect(() => {
    if (pathname === undefined || last.current === pathname) return;
    const isFirst = last.current === undefined;
    last.current = pathname;
    if (isFirst) return;
    const target = document.querySelector<HTMLElement>('#content h1[tabindex="-1"]') ?? document.getElementById('content');
    target?.focus({ preventScroll: true });
  }, [pathname]);
}

/** What surrounds every signed-in screen: skip link, rail, the screen, toasts. */
export function Shell() {
  const { t } = useTranslation('core');
  useFocusOnNavigation();
  const isCanvas = useRouterState({ select: (state) => /^\/(workflows|runs)\/./.test(state.location.pathname) });
  return (
    <TooltipProvider delay={400}>
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-control bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        {t('nav.skip')}
      </a>
      <div className="flex h-dvh flex-col-reverse sm:flex-row">
        <Rail slim={isCanvas} />
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Suspense fallback={<PendingScreen />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <SessionEnd />
      <Toaster />
    </TooltipProvider>
  );
}
