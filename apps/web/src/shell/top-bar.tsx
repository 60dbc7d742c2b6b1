import { Link, type LinkProps } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../ui/controls/classes.ts';
import { AccountMenu, LanguageMenu, ThemeMenu } from './account-menus.tsx';

/** One level of where the person is; without `link` it is the page itself. */
export interface Crumb {
  readonly label: ReactNode;
  readonly link?: LinkProps;
}

/** The bar over every screen. */
export interface TopBarProps {
  readonly crumbs: readonly Crumb[];
  /** Right behind the breadcrumb: pills for draft, live and saved. */
  readonly status?: ReactNode;
  /** At the right, before the account: what can be done here, the main action last. */
  readonly actions?: ReactNode;
}

/** Breadcrumb, what the screen adds, and the account. Theme and language move into the account's menu on narrow windows. */
export function TopBar({ crumbs, status, actions }: TopBarProps) {
  const { t } = useTranslation('core');
  // Beside a status the way up gives its room away first: the menu at the side leads there too.
  const whereTight = status ? 'max-lg:hidden' : 'max-sm:hidden';
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-border bg-surface px-3 sm:px-4">
      <nav aria-label={t('nav.breadcrumb')} className="min-w-0">
        <ol className="flex min-w-0 items-center gap-1 text-body">
          {crumbs.map((crumb, index) => (
            <Fragment key={index}>
              {index > 0 ? <ChevronRight size={14} className={classes('shrink-0 text-text-3', whereTight)} aria-hidden="true" /> : null}
              <li
                className={index < crumbs.length - 1 ? classes('shrink-0', whereTight) : 'min-w-0 truncate font-medium'}
                aria-current={index === crumbs.length - 1 ? 'page' : undefined}
              >
                {crumb.link ? (
                  <Link {...crumb.link} className="rounded-control px-1 py-0.5 text-text-2 hover:bg-raised hover:text-text">
                    {crumb.label}
                  </Link>
                ) : (
                  crumb.label
                )}
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      {status ? <div className="flex min-w-0 items-center gap-1.5">{status}</div> : null}
      <div className="ml-auto flex shrink-0 items-center gap-1.5">
        {actions}
        <span className="flex items-center max-lg:hidden">
          <ThemeMenu />
          <LanguageMenu />
        </span>
        <AccountMenu />
      </div>
    </header>
  );
}
