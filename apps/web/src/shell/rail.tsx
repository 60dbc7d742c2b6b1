import { Link } from '@tanstack/react-router';
import { History, Plug, Settings, Workflow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import { classes } from '../ui/controls/classes.ts';
import { Logo } from './logo.tsx';

const places = [
  { to: '/workflows', key: 'workflows', icon: Workflow },
  { to: '/runs', key: 'runs', icon: History },
  { to: '/connections', key: 'connections', icon: Plug },
  { to: '/settings', key: 'settings', icon: Settings },
] as const;

const linkClass =
  'group/link flex items-center gap-2.5 rounded-control text-body text-text-2 transition-colors duration-(--motion-hover) hover:bg-raised hover:text-text ' +
  'aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-text data-[status=active]:bg-raised data-[status=active]:font-medium data-[status=active]:text-text ' +
  'max-sm:min-h-12 max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-meta';

/** The way between areas: at the left, or along the bottom of a narrow window; `slim` shows icons only and leaves room for a canvas. */
export function Rail({ slim }: { readonly slim: boolean }) {
  const { t } = useTranslation('core');
  const { workspace } = useSession();
  const label = slim ? 'sm:sr-only' : 'sm:max-xl:sr-only';
  return (
    <nav
      aria-label={t('nav.main')}
      className={classes(
        'flex shrink-0 border-border bg-surface max-sm:border-t max-sm:px-2 max-sm:pb-[env(safe-area-inset-bottom)] sm:flex-col sm:gap-0.5 sm:border-r sm:p-2 sm:w-13',
        !slim && 'xl:w-52',
      )}
    >
      <div className="mb-2 flex h-8 items-center gap-2.5 px-1.5 max-sm:hidden">
        <Logo />
        <span className={classes('min-w-0 truncate text-body font-semibold', label)} title={workspace.name}>
          {workspace.name}
        </span>
      </div>
      {places.map(({ to, key, icon: Icon }) => (
        <Link key={key} to={to} className={classes(linkClass, 'sm:h-8 sm:px-2.5')} title={t(`nav.${key}`)}>
          <Icon size={16} className="shrink-0 group-data-[status=active]/link:text-accent" aria-hidden="true" />
          <span className={label}>{t(`nav.${key}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
