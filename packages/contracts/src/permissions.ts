/** The roles of a workspace, the strongest first. Free of zod, so that the browser may import it. */
export const ROLES = ['owner', 'admin', 'editor', 'operator', 'viewer'] as const;
/** A member's role. */
export type Role = (typeof ROLES)[number];

/** Everything that can be allowed, one name each: `what.verb`. */
export const PERMISSIONS = [
  'workflows.read',
  'workflows.edit',
  'workflows.publish',
  'workflows.archive',
  'runs.read',
  'runs.start',
  'runs.write',
  'variables.read',
  'variables.write',
  'credentials.read',
  'credentials.write',
  'credentials.manage',
  'keys.rotate',
  'members.read',
  'members.manage',
  'mail.manage',
  'network.manage',
  'reliability.prove',
] as const;
/** The name of something that can be allowed. */
export type Permission = (typeof PERMISSIONS)[number];
