import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  tagline: 'Workflows, bei denen nichts verloren geht.',
  signIn: {
    title: 'Anmelden',
    action: 'Anmelden',
    expired: 'Sie wurden abgemeldet. Melden Sie sich wieder an, dann sind Sie zurück, wo Sie waren.',
    left: 'Sie sind abgemeldet.',
    wrong: 'E-Mail oder Passwort stimmt nicht. Prüfen Sie beides; beim Passwort zählen Groß- und Kleinbuchstaben.',
  },
  setup: {
    title: 'Millwright einrichten',
    intro: 'Sie sind als Erste oder Erster hier. Damit werden Sie Eigentümer; andere kommen per Einladung dazu.',
    action: 'Eigentümer und Arbeitsbereich anlegen',
    exists: 'Inzwischen wurde ein Eigentümer angelegt. Melden Sie sich an oder bitten Sie um eine Einladung.',
    toSignIn: 'Zur Anmeldung',
  },
  invite: {
    title: '{{workspace}} beitreten',
    intro: 'Sie wurden eingeladen, Rolle: {{role}}. Wählen Sie Namen und Passwort.',
    introKnown: 'Sie wurden eingeladen, Rolle: {{role}}. Sie haben schon ein Konto: Bestätigen Sie mit dessen Passwort.',
    action: 'Dem Arbeitsbereich beitreten',
    goneTitle: 'Diese Einladung gilt nicht mehr',
    gone: 'Sie wurde benutzt, zurückgezogen oder ist älter als sieben Tage.',
    goneNext: 'Bitten Sie die Person, die Sie eingeladen hat, um einen neuen Link.',
    wrong: 'Das ist nicht das Passwort dieses Kontos.',
  },
  fields: {
    name: 'Ihr Name',
    nameError: 'Geben Sie Ihren Namen ein.',
    email: 'E-Mail',
    emailError: 'Geben Sie eine E-Mail-Adresse ein, zum Beispiel jane@acme.com.',
    password: 'Passwort',
    passwordError: 'Geben Sie Ihr Passwort ein.',
    newPasswordError: 'Wählen Sie ein Passwort mit mindestens 10 Zeichen.',
    newPasswordHint: 'Mindestens 10 Zeichen. Vier beliebige Wörter sind stark und leicht zu merken.',
    workspace: 'Name des Arbeitsbereichs',
    workspaceHint: 'Meist Ihre Firma oder Ihr Team.',
    workspaceError: 'Geben Sie dem Arbeitsbereich einen Namen.',
    timezone: 'Zeitzone',
    timezoneHint: 'Für Zeitpläne und Wartezeiten. Von diesem Gerät übernommen.',
  },
  strength: {
    short_one: 'Noch {{count}} Zeichen',
    short_other: 'Noch {{count}} Zeichen',
    guessable: 'Leicht zu erraten',
    fair: 'Gut genug',
    strong: 'Stark',
    label: 'Stärke: {{word}}',
  },
};

export default de;
