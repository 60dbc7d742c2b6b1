import type { FaultText } from './de-problem.ts';

/** Errors of triggers that services call, in German, by code. */
export const trigger: Readonly<Record<string, FaultText>> = {
  trigger_app_unready: {
    text: 'Die Client-App dieses Dienstes ist nicht oder ohne Signaturgeheimnis eingetragen.',
    hint: 'Ein Admin trägt sie unter Einstellungen › Apps ein; dann lauscht dieser Auslöser von selbst.',
  },
  trigger_app_foreign: {
    text: 'Diese Verbindung kommt nicht von der Client-App dieser Installation: Ihre Ereignisse kommen hier nicht an.',
    hint: 'Wählen Sie eine Verbindung mit Anmeldung beim Dienst, oder tragen Sie das Signaturgeheimnis Ihrer eigenen App in dieser Verbindung ein.',
  },
  account_unknown: {
    text: 'Der Dienst sagt nicht, wessen Konto diese Verbindung ist.',
    hint: 'Verbinden Sie das Konto neu.',
  },
};
