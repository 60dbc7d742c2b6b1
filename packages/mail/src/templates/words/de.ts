import { say, type ContentOf, type MailWords, type WordsByKind } from '../content.ts';

/** The same words as in the interface. */
const ROLES = { owner: 'Eigentümer', admin: 'Admin', editor: 'Bearbeiter', operator: 'Betreuer', viewer: 'Betrachter' } as const;

const LINK_HINT = 'Falls die Schaltfläche nicht geht, kopieren Sie diese Adresse in Ihren Browser:';

function day(date: Date): string {
  return new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(date);
}

function invitation(content: ContentOf<'invitation'>): MailWords {
  return {
    subject: say`${content.inviterName} lädt Sie zu ${content.workspaceName} ein`,
    heading: say`Sie sind zu ${content.workspaceName} eingeladen`,
    paragraphs: [
      say`${content.inviterName} möchte mit Ihnen in ${content.workspaceName} auf Millwright arbeiten. Ihre Rolle: ${ROLES[content.role]}.`,
      say`Die Einladung gilt nur für Sie und nur einmal, bis ${day(content.expiresAt)} UTC.`,
    ],
    action: { label: 'Einladung annehmen', link: content.link },
    linkHint: LINK_HINT,
    footer: [
      say`Sie haben das nicht erwartet? Dann übergehen Sie diese Mail: Ohne Ihren Klick geschieht nichts. Geben Sie den Link nicht weiter.`,
    ],
  };
}

function test(content: ContentOf<'test'>): MailWords {
  return {
    subject: say`Testnachricht von Millwright`,
    heading: say`Ihr Mailserver funktioniert`,
    paragraphs: [
      say`${content.senderName} hat diese Testnachricht aus ${content.workspaceName} gesendet. Einladungen und Warnungen kommen auf demselben Weg.`,
      say`Sie lag im Spam? Dann bitten Sie, wer Ihre Domain betreut, diesen Server mit SPF und DKIM zuzulassen.`,
    ],
    action: { label: 'Mail-Einstellungen öffnen', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`Sie müssen nichts tun.`],
  };
}

function reconnect(content: ContentOf<'reconnect'>): MailWords {
  return {
    subject: say`${content.connectionName} (${content.appName}) neu verbinden`,
    heading: say`${content.connectionName} muss neu verbunden werden`,
    paragraphs: [
      say`${content.appName} nimmt diese Verbindung von ${content.workspaceName} nicht mehr an. Vielleicht wurde dort ein Passwort geändert oder der Zugriff entzogen.`,
      content.waitingRuns === 0
        ? say`Läufe, die sie brauchen, warten. Nichts geht verloren: Sie laufen von selbst weiter, sobald neu verbunden ist.`
        : say`Läufe, die darauf warten: ${String(content.waitingRuns)}. Nichts geht verloren: Sie laufen von selbst weiter, sobald neu verbunden ist.`,
    ],
    action: { label: 'Neu verbinden', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`Sie bekommen diese Mail, weil Ihnen die Verbindung gehört.`],
  };
}

function alert(content: ContentOf<'alert'>): MailWords {
  return {
    subject: say`${content.title} · ${content.workspaceName}`,
    heading: say`${content.title}`,
    paragraphs: content.lines.map((line) => say`${line}`),
    action: { label: 'In Millwright öffnen', link: content.link },
    linkHint: LINK_HINT,
    footer: [say`Sie bekommen diese Mail, weil Warnungen von ${content.workspaceName} an diese Adresse gehen.`],
  };
}

/** German. */
export const german = { invitation, test, reconnect, alert } satisfies WordsByKind;
