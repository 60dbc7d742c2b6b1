import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Languages, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { useErrorToast } from '../api/use-error-toast.ts';
import { chooseLanguage } from '../i18n/i18n.ts';
import { languageNames, languages } from '../i18n/languages.ts';
import { themePreference, usePreference } from '../theme/preference.ts';
import { buttonClass } from '../ui/controls/button-class.ts';
import { Menu, type MenuEntry } from '../ui/layers/menu.tsx';
import { Avatar } from './avatar.tsx';

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;
const square = buttonClass('quiet', 'md', 'w-8 px-0! pointer-coarse:min-w-11');

function useThemeEntries(): readonly MenuEntry[] {
  const { t } = useTranslation('core');
  const chosen = usePreference(themePreference);
  return themePreference.values.map((theme) => {
    const Icon = themeIcons[theme];
    return {
      key: theme,
      label: t(`nav.themes.${theme}`),
      icon: <Icon size={14} />,
      checked: theme === chosen,
      onSelect: () => themePreference.set(theme),
    };
  });
}

function useLanguageEntries(): readonly MenuEntry[] {
  const { i18n } = useTranslation('core');
  return languages.map((language) => ({
    key: language,
    label: languageNames[language],
    checked: i18n.language === language,
    onSelect: () => void chooseLanguage(language),
  }));
}

/** Light, dark, or like the system. */
export function ThemeMenu() {
  const { t } = useTranslation('core');
  const chosen = usePreference(themePreference);
  const Icon = themeIcons[chosen];
  return (
    <Menu
      align="end"
      entries={useThemeEntries()}
      trigger={
        <button type="button" className={square} aria-label={`${t('nav.theme')}: ${t(`nav.themes.${chosen}`)}`} title={t('nav.theme')}>
          <Icon size={16} aria-hidden="true" />
        </button>
      }
    />
  );
}

/** English or German. */
export function LanguageMenu() {
  const { t } = useTranslation('core');
  return (
    <Menu
      align="end"
      entries={useLanguageEntries()}
      trigger={
        <button type="button" className={square} aria-label={t('nav.language')} title={t('nav.language')}>
          <Languages size={16} aria-hidden="true" />
        </button>
      }
    />
  );
}

/** Signs out on the server, forgets what was read, and shows the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const tellError = useErrorToast();
  return async () => {
    try {
      await api.session.remove();
    } catch (error) {
      tellError(error);
      return;
    }
    await navigate({ to: '/sign-in', search: { reason: 'left' } });
    queryClient.clear();
  };
}

/** Who is signed in, profile, theme, language, sign out. */
export function AccountMenu() {
  const { t } = useTranslation('core');
  const { user, role } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const entries: readonly MenuEntry[] = [
    { key: 'profile', label: t('nav.profile'), icon: <UserRound size={14} />, onSelect: () => void navigate({ to: '/settings/profile' }) },
    { kind: 'separator', key: 'line-1' },
    { kind: 'heading', key: 'theme', label: t('nav.theme') },
    ...useThemeEntries(),
    { kind: 'heading', key: 'language', label: t('nav.language') },
    ...useLanguageEntries(),
    { kind: 'separator', key: 'line-2' },
    { key: 'sign-out', label: t('nav.signOut'), icon: <LogOut size={14} />, onSelect: () => void signOut() },
  ];
  return (
    <Menu
      align="end"
      entries={entries}
      header={
        <div className="px-2 pt-1.5 pb-2">
          <div className="truncate text-body font-medium">{user.name}</div>
          <div className="truncate text-secondary text-text-3">{user.email}</div>
          <div className="text-meta text-text-3">{t(`roles.${role}`)}</div>
        </div>
      }
      trigger={
        <button type="button" className={`${square} rounded-full!`} aria-label={t('nav.account', { name: user.name })}>
          <Avatar name={user.name} />
        </button>
      }
    />
  );
}
