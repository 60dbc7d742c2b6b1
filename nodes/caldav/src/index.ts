import { defineNodePackage } from '@millwright/node-sdk';
import { freeBusy, listCalendars, searchEvents } from './actions/read.ts';
import { createEvent, deleteEvent, updateEvent } from './actions/write.ts';
import de from './locales/de.json' with { type: 'json' };
import { credentialType } from './server.ts';
import { eventChanged } from './triggers/event-changed.ts';
import { eventSoon } from './triggers/event-soon.ts';

export default defineNodePackage({
  key: 'caldav',
  title: 'CalDAV',
  nodes: [eventChanged, eventSoon, searchEvents, createEvent, updateEvent, deleteEvent, freeBusy, listCalendars],
  locales: { de },
  credentialTypes: [credentialType],
});
