import { defineNodePackage } from '@millwright/node-sdk';
import { freeBusy, listCalendars, searchEvents } from './actions/read.ts';
import { createEvent, deleteEvent, updateEvent } from './actions/write.ts';
import { credentialType } from './server.ts';

export default defineNodePackage({
  key: 'caldav',
  title: 'CalDAV',
  nodes: [searchEvents, createEvent, updateEvent, deleteEvent, freeBusy, listCalendars],
  credentialTypes: [credentialType],
});
