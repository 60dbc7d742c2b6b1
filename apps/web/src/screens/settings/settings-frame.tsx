import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../shell/page.tsx';

const areas = [
  { to: '/settings/members', key: 'members' },
  { to: '/settings/variables', key: 'variables' },
  { to: '/settings/apps', key: 'apps' },
  { to: '/settings/connectors', key: 'connectors' },
  { to: '/settings/mail', key: 'mail' },
  { to: '/settings/network', key: 'network' },
  { to: '/settings/reliability', key: 'reliability' },
  { to: '/settings/profile', key: 'profile' },
] as const;

/** Title and areas of the settings around one of them. */
export function SettingsFrame() {
  const { t } = useTranslation('settings');
  const { pathname } = useLocation();
  const list = useRef<HTMLElement>(null);
  // In a narrow window the areas stand wider than it: where one is must be seen.
  useEffect(() => {
    list.current?.querySelector(`a[href="${pathname}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  const area = areas.find(({ to }) => pathname.startsWith(to));
  // An address that is none of them has no name.
  const titled = area
    ? { title: t(`${area.key}.title`), crumbs: [{ label: t('title'), link: { to: '/settings' } as const }] }
    : { title: t('title') };
  return (
    <Page {...titled}>
      <nav ref={list} aria-label={t('sections')} className="mb-5 flex gap-1 overflow-x-auto border-b border-border">
        {areas.map(({ to, key }) => (
          <Link
            key={key}
            to={to}
            className="-mb-px flex h-9 shrink-0 items-center whitespace-nowrap border-b-2 border-transparent px-2 text-text-2 hover:text-text data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-text pointer-coarse:min-h-11"
          >
            {t(`${key}.title`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
}
