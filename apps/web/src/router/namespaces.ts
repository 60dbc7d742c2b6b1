import { registerNamespace } from '../i18n/i18n.ts';

/** Makes the texts of all screens known; the editor registers its own. */
export function registerScreens(): void {
  registerNamespace('entry', { en: () => import('../screens/entry/locales/en.ts'), de: () => import('../screens/entry/locales/de.ts') });
  registerNamespace('workflows', {
    en: () => import('../screens/workflows/locales/en.ts'),
    de: () => import('../screens/workflows/locales/de.ts'),
  });
  registerNamespace('faults', { en: () => import('../api/locales/en.ts'), de: () => import('../api/locales/de.ts') });
  registerNamespace('runs', { en: () => import('../screens/runs/locales/en.ts'), de: () => import('../screens/runs/locales/de.ts') });
  registerNamespace('reliability', {
    en: () => import('../screens/reliability/locales/en.ts'),
    de: () => import('../screens/reliability/locales/de.ts'),
  });
  registerNamespace('variables', {
    en: () => import('../screens/variables/locales/en.ts'),
    de: () => import('../screens/variables/locales/de.ts'),
  });
  registerNamespace('connectors', {
    en: () => import('../screens/connectors/locales/en.ts'),
    de: () => import('../screens/connectors/locales/de.ts'),
  });
  registerNamespace('mail', { en: () => import('../screens/mail/locales/en.ts'), de: () => import('../screens/mail/locales/de.ts') });
  registerNamespace('network', {
    en: () => import('../screens/network/locales/en.ts'),
    de: () => import('../screens/network/locales/de.ts'),
  });
  registerNamespace('connections', {
    en: () => import('../screens/connections/locales/en.ts'),
    de: () => import('../screens/connections/locales/de.ts'),
  });
  registerNamespace('clientApps', {
    en: () => import('../screens/client-apps/locales/en.ts'),
    de: () => import('../screens/client-apps/locales/de.ts'),
  });
  registerNamespace('settings', {
    en: () => import('../screens/settings/locales/en.ts'),
    de: () => import('../screens/settings/locales/de.ts'),
  });
}
